using System.IO.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>Settings of the gRPC server.</summary>
public class GrpcServiceOptions
{
    /// <summary>Largest response message in bytes; null: no limit (the default).</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Largest request message in bytes, after decompression; null: no limit. Default 4 MiB.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>Whether texts of unexpected exceptions reach the client. Default false.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>"gzip" compresses responses for clients that accept it; null (the default) never does.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>How hard to compress. Default: fastest.</summary>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>Whether unknown services and methods are left to other endpoints instead of UNIMPLEMENTED. Default false.</summary>
    public bool? IgnoreUnknownServices { get; set; }

    /// <summary>Interceptors in the order in which they see a call.</summary>
    public InterceptorCollection Interceptors { get; } = [];
}

/// <summary>Settings of one service; what is set here wins over the settings of the server.</summary>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class;

using Google.Protobuf.Reflection;

namespace Microsoft.AspNetCore.Grpc.JsonTranscoding;

/// <summary>Settings of the HTTP/JSON side of gRPC services.</summary>
public sealed class GrpcJsonTranscodingOptions
{
    /// <summary>Message types that may stand in google.protobuf.Any, beside the standard error details.</summary>
    public TypeRegistry TypeRegistry { get; set; } = TypeRegistry.Empty;

    /// <summary>How messages are written.</summary>
    public GrpcJsonSettings JsonSettings { get; set; } = new();
}

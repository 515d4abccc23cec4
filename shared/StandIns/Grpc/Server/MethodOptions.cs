using System.IO.Compression;
using Grpc.AspNetCore.Server;

namespace PromptPlatform.GrpcTransport;

/// <summary>The settings of one service after those of the server and its own are joined.</summary>
internal sealed record MethodOptions(
    int MaxReceiveBytes,
    int MaxSendBytes,
    bool DetailedErrors,
    bool CompressResponses,
    CompressionLevel CompressionLevel,
    bool IgnoreUnknownServices,
    IReadOnlyList<InterceptorRegistration> Interceptors)
{
    private static readonly int? Untouched = new GrpcServiceOptions().MaxReceiveMessageSize;

    public static MethodOptions Join(GrpcServiceOptions server, GrpcServiceOptions service)
    {
        int? receive = service.MaxReceiveMessageSize == Untouched ? server.MaxReceiveMessageSize : service.MaxReceiveMessageSize;
        string? algorithm = service.ResponseCompressionAlgorithm ?? server.ResponseCompressionAlgorithm;
        return algorithm is null or "gzip" or "identity"
            ? new(
                receive ?? int.MaxValue,
                service.MaxSendMessageSize ?? server.MaxSendMessageSize ?? int.MaxValue,
                service.EnableDetailedErrors ?? server.EnableDetailedErrors ?? false,
                algorithm == "gzip",
                service.ResponseCompressionLevel ?? server.ResponseCompressionLevel ?? CompressionLevel.Fastest,
                server.IgnoreUnknownServices ?? false,
                [.. server.Interceptors, .. service.Interceptors])
            : throw new InvalidOperationException($"ResponseCompressionAlgorithm '{algorithm}' is not supported; take gzip or identity.");
    }
}

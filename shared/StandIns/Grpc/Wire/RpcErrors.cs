using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>Failures that the transport itself reports.</summary>
internal static class RpcErrors
{
    public static RpcException Of(StatusCode code, string detail, Exception? cause = null) => new(new Status(code, detail, cause));

    public static RpcException ReceivedTooLarge() => Of(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size.");

    public static RpcException NoResponse() => Of(StatusCode.Cancelled, "No message returned from method.");

    /// <summary>What an HTTP answer without a gRPC status means.</summary>
    public static StatusCode FromHttpStatus(int status) => status switch
    {
        400 => StatusCode.Internal,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.Unimplemented,
        429 or 502 or 503 or 504 => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };
}

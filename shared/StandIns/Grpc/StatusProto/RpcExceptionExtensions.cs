using Google.Protobuf;
using PromptPlatform.GrpcTransport;

namespace Grpc.Core;

/// <summary>Rich errors: google.rpc.Status in the trailers of a failed call.</summary>
public static class RpcExceptionExtensions
{
    /// <summary>The rich status, or null when the server sent none. Throws <see cref="InvalidProtocolBufferException"/> when it cannot be decoded.</summary>
    public static Google.Rpc.Status? GetRpcStatus(this RpcException ex) => ex.Trailers.GetRpcStatus();
}

namespace Grpc.Core;

/// <summary>From google.rpc.Status to exceptions and details.</summary>
public static class RpcStatusExtensions
{
    /// <summary>An exception that carries the status and its details to the client.</summary>
    public static RpcException ToRpcException(this Google.Rpc.Status status) => status.ToRpcException((StatusCode)status.Code, status.Message);

    /// <summary>An exception that carries the details under another code and text.</summary>
    public static RpcException ToRpcException(this Google.Rpc.Status status, StatusCode statusCode, string message)
    {
        var trailers = new Metadata();
        trailers.SetRpcStatus(status);
        return new RpcException(new Status(statusCode, message), trailers);
    }
}

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

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

    /// <summary>The first detail of this type, or null. Newer Google.Api.CommonProtos have this as a method of the message.</summary>
    public static T? GetDetail<T>(this Google.Rpc.Status status)
        where T : class, IMessage<T>, new()
    {
        foreach (Any detail in status.Details)
        {
            if (detail.TryUnpack(out T unpacked))
            {
                return unpacked;
            }
        }

        return null;
    }
}

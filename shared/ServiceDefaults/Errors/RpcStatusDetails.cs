using Google.Protobuf;
using RpcStatus = Google.Rpc.Status;

namespace PromptPlatform.ServiceDefaults.Errors;

/// <summary>Reads details of google.rpc.Status. Newer Google.Api.CommonProtos have this as a method of the message, which then wins.</summary>
internal static class RpcStatusDetails
{
    /// <summary>The first detail of this type, or null.</summary>
    public static T? GetDetail<T>(this RpcStatus status)
        where T : class, IMessage<T>, new()
    {
        foreach (var detail in status.Details)
        {
            if (detail.TryUnpack(out T unpacked)) return unpacked;
        }

        return null;
    }
}

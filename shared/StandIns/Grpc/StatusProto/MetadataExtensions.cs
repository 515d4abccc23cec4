using Google.Protobuf;
using PromptPlatform.GrpcTransport;

namespace Grpc.Core;

/// <summary>google.rpc.Status in metadata, under grpc-status-details-bin.</summary>
public static class MetadataExtensions
{
    /// <summary>The rich status, or null when there is none (or it cannot be decoded and that is to be ignored).</summary>
    public static Google.Rpc.Status? GetRpcStatus(this Metadata metadata, bool ignoreParseError = false)
    {
        if (metadata.GetValueBytes(GrpcHeaders.StatusDetails) is not { } bytes)
        {
            return null;
        }

        try
        {
            return Google.Rpc.Status.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException) when (ignoreParseError)
        {
            return null;
        }
    }

    /// <summary>Sets the rich status in place of one that is there.</summary>
    public static void SetRpcStatus(this Metadata metadata, Google.Rpc.Status status)
    {
        while (metadata.Get(GrpcHeaders.StatusDetails) is { } old)
        {
            metadata.Remove(old);
        }

        metadata.Add(GrpcHeaders.StatusDetails, status.ToByteArray());
    }
}

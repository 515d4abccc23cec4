using System.Net.Sockets;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>What a failure below gRPC means to the caller.</summary>
internal static class TransportErrors
{
    private const int RefusedStream = 7;
    private const int Cancel = 8;
    private const int EnhanceYourCalm = 11;
    private const int InadequateSecurity = 12;

    public static Status Describe(Exception cause) => Http2ErrorOf(cause) switch
    {
        { } code => new(
            code switch
            {
                RefusedStream => StatusCode.Unavailable,
                Cancel => StatusCode.Cancelled,
                EnhanceYourCalm => StatusCode.ResourceExhausted,
                InadequateSecurity => StatusCode.PermissionDenied,
                _ => StatusCode.Internal,
            },
            $"The server reset the stream with HTTP/2 error code {code}.",
            cause),
        null when cause is HttpRequestException or IOException or SocketException =>
            new(StatusCode.Unavailable, "Error connecting to or reading from the server: " + cause.Message, cause),
        null => new(StatusCode.Internal, $"Error in gRPC call. {cause.GetType().Name}: {cause.Message}", cause),
    };

    private static long? Http2ErrorOf(Exception? cause)
    {
        for (; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpProtocolException protocol)
            {
                return protocol.ErrorCode;
            }
        }

        return null;
    }
}

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

    public static Status Describe(Exception cause) => StreamErrorOf(cause) switch
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
        null when cause is HttpRequestException or IOException or SocketException || IsUnprocessed(cause) =>
            new(StatusCode.Unavailable, "Error connecting to or reading from the server: " + cause.Message, cause),
        null => new(StatusCode.Internal, $"Error in gRPC call. {cause.GetType().Name}: {cause.Message}", cause),
    };

    /// <summary>Whether the failure proves that no server has processed the request: it found no connection, or was refused.</summary>
    public static bool IsUnprocessed(Exception cause) => cause switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } => true,

        // The form in which the handler tells that connecting took longer than ConnectTimeout.
        OperationCanceledException { InnerException: TimeoutException } => true,

        // A request above the last that a stopping server has seen. The handler has a text of its own for what it would send again itself.
        HttpRequestException { InnerException: HttpProtocolException protocol } when !protocol.Message.Equals(cause.Message, StringComparison.Ordinal) => true,
        _ => StreamErrorOf(cause) == RefusedStream,
    };

    /// <summary>Whether other requests to the same address would fail too.</summary>
    public static bool IsOfTheConnection(Exception cause) =>
        IsUnprocessed(cause) || (cause is HttpRequestException or IOException && StreamErrorOf(cause) is null);

    // Null for failures of the whole connection, which are UNAVAILABLE.
    private static long? StreamErrorOf(Exception? cause)
    {
        for (; cause is not null; cause = cause.InnerException)
        {
            // The handler tells a stream that was reset from a connection that was closed, or whose peer answers no ping, by the text alone.
            if (cause is HttpProtocolException protocol && protocol.Message.Contains("reset the stream", StringComparison.Ordinal))
            {
                return protocol.ErrorCode;
            }
        }

        return null;
    }
}

using System.Net;
using System.Net.Http;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>What the exception of a failed request proves.</summary>
internal static class TransportFault
{
    private const long RefusedStream = 7;

    /// <summary>Whether there was no connection: refused, unknown name, failed handshake, or too slow to open.</summary>
    public static bool IsUnreachable(Exception? error) => Any(error, e =>
        e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError }
        // The connect timeout of SocketsHttpHandler; other timeouts carry no TimeoutException.
        || e is OperationCanceledException { InnerException: TimeoutException });

    /// <summary>Whether the service has certainly not begun to work on the request, so that any request may be sent again.</summary>
    public static bool NeverProcessed(Exception? error) => IsUnreachable(error) || Any(error, e =>
        // RFC 9113, section 8.7.
        e is HttpProtocolException { ErrorCode: RefusedStream }
        // The transport wanted to send a refused request again by itself, and the forwarder's body cannot be read twice.
        || e is InvalidOperationException { Source: "Yarp.ReverseProxy" });

    private static bool Any(Exception? error, Func<Exception, bool> matches) => error switch
    {
        null => false,
        AggregateException many => many.InnerExceptions.Any(inner => Any(inner, matches)),
        _ => matches(error) || Any(error.InnerException, matches),
    };
}

using System.Text;
using Grpc.Core;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Gateway.Edge;

/// <summary>gRPC over HTTP/2 as the gateway itself speaks it: answers that are trailers only (gRPC protocol, "Trailers-Only").</summary>
internal static class GrpcCall
{
    private const string MediaType = "application/grpc";

    /// <summary>Whether the request is a gRPC call, which is one over HTTP/2 alone; gRPC-Web is not.</summary>
    public static bool Is(HttpContext http) => HttpProtocol.IsHttp2(http.Request.Protocol) && HasItsType(http);

    /// <summary>Whether the request says that it is a gRPC call.</summary>
    public static bool HasItsType(HttpContext http) =>
        http.Request.ContentType is { } type
        && type.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase)
        && (type.Length == MediaType.Length || type[MediaType.Length] is '+' or ';');

    /// <summary>Answers with an error, its details included.</summary>
    public static Task AnswerAsync(HttpContext http, RequestException error)
    {
        var rpc = error.ToRpcException();
        foreach (var entry in rpc.Trailers.Where(e => e.IsBinary))
            http.Response.Headers[entry.Key] = Convert.ToBase64String(entry.ValueBytes);
        return AnswerAsync(http, rpc.StatusCode, error.Message);
    }

    /// <summary>Answers with a status.</summary>
    public static Task AnswerAsync(HttpContext http, StatusCode status, string message)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = MediaType;
        http.Response.ContentLength = null;
        http.Response.Headers["grpc-status"] = ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture);
        http.Response.Headers["grpc-message"] = PercentEncode(message);
        return http.Response.CompleteAsync();
    }

    /// <summary>The status for an HTTP one that no service gave.</summary>
    public static StatusCode StatusOf(int http) => http switch
    {
        400 => StatusCode.InvalidArgument,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 or 405 or 415 => StatusCode.Unimplemented,
        408 or 504 => StatusCode.DeadlineExceeded,
        413 or 429 or 431 => StatusCode.ResourceExhausted,
        502 or 503 => StatusCode.Unavailable,
        _ => StatusCode.Internal,
    };

    // gRPC protocol: every byte outside of printable ASCII, and the percent sign, is %XX.
    private static string PercentEncode(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(message))
        {
            if (b is >= 0x20 and <= 0x7E and not (byte)'%')
                text.Append((char)b);
            else
                text.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }
}

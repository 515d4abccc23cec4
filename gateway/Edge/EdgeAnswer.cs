using System.Globalization;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Gateway.Edge;

/// <summary>An error that the gateway itself found, in the caller's protocol.</summary>
internal static class EdgeAnswer
{
    /// <summary>Answers with a status that no fault stands for, as problem details or as gRPC status.</summary>
    public static Task WriteAsync(HttpContext http, int status, string code, string detail, TimeSpan? retryAfter = null)
    {
        if (retryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return GrpcCall.Is(http)
            ? GrpcCall.AnswerAsync(http, GrpcCall.StatusOf(status), detail)
            : ProblemDocument.WriteAsync(http, status, code, detail);
    }

    /// <summary>Makes this the last answer of an HTTP/1.1 connection: what follows on it cannot be trusted to be a request.</summary>
    public static void EndConnection(HttpContext http)
    {
        if (!HttpProtocol.IsHttp2(http.Request.Protocol))
            http.Response.Headers.Connection = "close";
    }
}

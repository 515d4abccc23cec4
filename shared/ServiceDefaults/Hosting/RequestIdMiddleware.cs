using Microsoft.AspNetCore.Http;

namespace PromptPlatform.ServiceDefaults.Hosting;

/// <summary>Takes the caller's <c>X-Request-Id</c> when it is a short printable token, else makes one; echoes it on every answer.</summary>
public sealed class RequestIdMiddleware(RequestDelegate next)
{
    /// <summary>The header's name.</summary>
    public const string Header = "X-Request-Id";

    /// <summary>Runs the request.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        string? given = http.Request.Headers[Header];
        // Kestrel's own identifier is unique per connection and request, but not across processes.
        http.TraceIdentifier = IsAcceptable(given) ? given! : System.Diagnostics.ActivityTraceId.CreateRandom().ToHexString();
        http.Response.Headers[Header] = http.TraceIdentifier;
        return next(http);
    }

    private static bool IsAcceptable(string? id) =>
        id is { Length: > 0 and <= 128 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}

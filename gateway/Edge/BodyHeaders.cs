using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Gateway.Edge;

/// <summary>What a JSON request says about its body and may not say: services read plain UTF-8 and take each of these headers once.</summary>
internal static class BodyHeaders
{
    private const string Charset = "charset";
    private static readonly string[] s_once = [HeaderNames.ContentType, "Idempotency-Key"];

    /// <summary>Why the body cannot be read (415); null when it can. Error: 400 for a header that is there twice.</summary>
    public static string? Unreadable(HttpRequest request)
    {
        foreach (string name in s_once)
        {
            if (request.Headers[name].Count > 1)
                throw RequestException.Invalid(name, "is there twice; send it once");
        }
        if (request.Headers.ContentEncoding is [.., not ("" or "identity" or null)])
            return "Content-Encoding: compressed bodies are not read; send the body as it is, without this header";
        return HasOtherCharset(request.ContentType)
            ? "Content-Type: names a charset that is not read; JSON is UTF-8, send application/json alone"
            : null;
    }

    private static bool HasOtherCharset(string? contentType)
    {
        // The usual case names none.
        if (contentType is null || !contentType.Contains(Charset, StringComparison.OrdinalIgnoreCase))
            return false;
        return !MediaTypeHeaderValue.TryParse(contentType, out var type)
            || type.Parameters.Any(p => p.Name.Equals(Charset, StringComparison.OrdinalIgnoreCase) && !IsUtf8(HeaderUtilities.RemoveQuotes(p.Value)));
    }

    private static bool IsUtf8(StringSegment charset) =>
        charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
}

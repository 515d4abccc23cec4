using System.Buffers;

namespace PromptPlatform.Gateway.Edge.Wire;

/// <summary>
/// What of framing (RFC 9112, section 6; RFC 9113, section 8.2) Kestrel tolerates and a server behind another one must not: two readers that
/// disagree on where a request ends are how requests are smuggled.
/// </summary>
internal static class RequestFraming
{
    // Kestrel moves the length of a request that also has Transfer-Encoding here.
    private const string SetAsideLength = "X-Content-Length";
    private static readonly string[] s_ofConnections = ["Transfer-Encoding", "Upgrade", "Keep-Alive", "Proxy-Connection"];
    private static readonly SearchValues<char> s_token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> s_notInValues = SearchValues.Create("\u007F" + string.Concat(Enumerable.Range(0, 32).Where(c => c != '\t').Select(c => (char)c)));

    /// <summary>What is wrong with how the body is announced; null when nothing is.</summary>
    public static (string Header, string Problem)? Find(HttpRequest request)
    {
        if (HttpProtocol.IsHttp2(request.Protocol))
            return OfConnection(request.Headers) is { } name ? (name, "does not exist in HTTP/2 (RFC 9113, section 8.2.2)") : null;
        var coding = request.Headers.TransferEncoding;
        if (coding.Count == 0)
            return null;
        if (coding is not [{ } one] || !one.Equals("chunked", StringComparison.OrdinalIgnoreCase))
            return ("Transfer-Encoding", "is not exactly chunked, once; no other coding is read");
        if (HttpProtocol.IsHttp10(request.Protocol))
            return ("Transfer-Encoding", "does not exist in HTTP/1.0; send Content-Length");
        return request.Headers.ContainsKey(SetAsideLength) || request.ContentLength is not null
            ? ("Content-Length", "and Transfer-Encoding contradict each other; send one of both")
            : null;
    }

    /// <summary>Whether a header's name is a token (RFC 9110, section 5.6.2).</summary>
    public static bool IsName(string name) => !name.AsSpan().ContainsAnyExcept(s_token);

    /// <summary>Whether a header's value has no control characters but tabs (RFC 9110, section 5.5).</summary>
    public static bool IsValue(string? value) => !value.AsSpan().ContainsAny(s_notInValues);

    // Kestrel refuses Connection and odd values of TE itself.
    private static string? OfConnection(IHeaderDictionary headers)
    {
        foreach (string name in s_ofConnections)
        {
            if (headers.ContainsKey(name))
                return name;
        }
        return null;
    }
}

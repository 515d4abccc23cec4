namespace PromptPlatform.Gateway.Edge;

/// <summary>Headers of every answer that keep browsers from doing more with it than showing data. Pages loosen the policy for themselves.</summary>
internal sealed class AnswerHeadersMiddleware(RequestDelegate next)
{
    private const string NoSniffing = "nosniff";
    private const string NothingMayLoad = "default-src 'none'; frame-ancestors 'none'";
    private const string NoReferrer = "no-referrer";

    /// <summary>The headers, for answers that are written by hand.</summary>
    public static readonly (string Name, string Value)[] All =
        [("X-Content-Type-Options", NoSniffing), ("Content-Security-Policy", NothingMayLoad), ("Referrer-Policy", NoReferrer)];

    public Task InvokeAsync(HttpContext http)
    {
        Write(http.Response.Headers);
        return next(http);
    }

    /// <summary>Writes the headers.</summary>
    public static void Write(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = NoSniffing;
        headers.ContentSecurityPolicy = NothingMayLoad;
        headers["Referrer-Policy"] = NoReferrer;
    }
}

namespace PromptPlatform.Gateway.Edge;

/// <summary>Headers of every answer that keep browsers from doing more with it than showing data. Pages loosen the policy for themselves.</summary>
internal sealed class AnswerHeadersMiddleware(RequestDelegate next)
{
    private const string NothingMayLoad = "default-src 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        Write(http.Response.Headers);
        return next(http);
    }

    /// <summary>Writes the headers.</summary>
    public static void Write(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = NothingMayLoad;
        headers["Referrer-Policy"] = "no-referrer";
    }
}

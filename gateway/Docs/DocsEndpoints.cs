using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Gateway.Docs;

/// <summary>What the gateway serves itself: its pages and the OpenAPI document.</summary>
internal static class DocsEndpoints
{
    private static readonly string[] s_read = ["GET", "HEAD"];

    /// <summary>Maps <c>/</c>, <c>/docs</c>, <c>/docs/errors</c>, <c>/docs/errors/{code}</c> and <c>/openapi/v1.json</c>.</summary>
    public static void MapDocs(this WebApplication app)
    {
        var document = app.Services.GetRequiredService<OpenApiDocument>();
        var page = app.Services.GetRequiredService<DocsPage>().Html;
        string documentTag = Html.TagOf(document.Bytes);
        app.MapMethods("/", s_read, Welcome);
        app.MapMethods("/docs", s_read, http => SendAsync(http, page));
        app.MapMethods("/docs/errors", s_read, http => SendAsync(http, ErrorPages.Index));
        app.MapMethods("/docs/errors/{code}", s_read, http => SendAsync(http, Find((string)http.GetRouteValue("code")!)));
        app.MapMethods("/openapi/v1.json", s_read, http => SendAsync(http, document.Bytes, documentTag, "application/json"));
    }

    private static Html Find(string code) => ErrorPages.Find(code) ?? throw RequestException.NotFound("problem code", code.Length <= 64 ? code : code[..64]);

    private static Task Welcome(HttpContext http)
    {
        if (http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Redirect("/docs");
            return Task.CompletedTask;
        }
        return http.Response.WriteAsJsonAsync(new { name = "PromptPlatform", docs = "/docs", openapi = "/openapi/v1.json", health = "/health/ready" }, http.RequestAborted);
    }

    private static Task SendAsync(HttpContext http, Html page)
    {
        http.Response.Headers.ContentSecurityPolicy = page.Policy;
        return SendAsync(http, page.Bytes, page.Tag, "text/html; charset=utf-8");
    }

    private static async Task SendAsync(HttpContext http, byte[] content, string tag, string type)
    {
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        if (http.Request.Headers.IfNoneMatch.Contains(tag))
        {
            http.Response.StatusCode = 304;
            return;
        }
        http.Response.ContentType = type;
        http.Response.ContentLength = content.Length;
        await http.Response.Body.WriteAsync(content, http.RequestAborted);
    }
}

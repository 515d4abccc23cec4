using System.Globalization;
using System.Text;

namespace PromptPlatform.Gateway.Docs;

/// <summary>The page at /docs.</summary>
internal sealed class DocsPage(OpenApiDocument document)
{
    private static readonly string s_script = Resource.Text("docs/page.js");

    /// <summary>The page.</summary>
    public Html Html { get; } = Docs.Html.Page("PromptPlatform API", Body(document), s_script);

    private static string Body(OpenApiDocument document)
    {
        var html = new StringBuilder("<div class=\"shell\"><nav aria-label=\"Operations\"><strong>PromptPlatform API</strong>");
        foreach (var service in PublicOperation.ByService)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{service.Key}</h2><ul>");
            foreach (var operation in service)
                html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{OperationText.IdOf(operation)}\">{Docs.Html.Encode(OperationText.Of(operation).Summary)}</a></li>");
            html.Append("</ul>");
        }
        html.Append("<h2>More</h2><ul><li><a href=\"/docs/errors\">Problem codes</a></li><li><a href=\"/openapi/v1.json\">OpenAPI document</a></li></ul></nav><main id=\"main\">");
        html.Append("<h1>PromptPlatform API</h1><p>").Append(Docs.Html.Encode(document.Json["info"]!["description"]!.GetValue<string>())).Append("</p>");
        html.Append("<p>Requests carry an API key: <code>Authorization: Bearer pp_live_…</code>. The curl lines take it from <code>PROMPTPLATFORM_API_KEY</code> and the address of this server from <code>PROMPTPLATFORM_URL</code>; <code>make run</code> writes both to <code>.data/standalone.json</code>. With an <code>Idempotency-Key</code> header a repeated POST gets the first answer again for 24 hours and costs nothing more.</p>");
        html.Append("<section class=\"key\" aria-label=\"API key\"><label for=\"key\">API key for the forms below; it stays in this page</label><input id=\"key\" type=\"password\" autocomplete=\"off\" placeholder=\"pp_live_…\"></section>");
        var section = new OperationSection(document.Json);
        foreach (var operation in PublicOperation.ByService.SelectMany(service => service))
            section.Write(html, operation);
        return html.Append("</main></div>").ToString();
    }
}

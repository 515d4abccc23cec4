using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Gateway.Docs;

/// <summary>The pages that the <c>type</c> of a problem points to: <c>Docs/errors.json</c>.</summary>
internal static class ErrorPages
{
    private static readonly JsonObject s_errors = JsonNode.Parse(Resource.Text("docs/errors.json"))!.AsObject();

    private static readonly FrozenDictionary<string, Html> s_pages = s_errors.ToFrozenDictionary(e => e.Key, e => Write(e.Key, e.Value!), StringComparer.Ordinal);

    /// <summary>The codes that have a page.</summary>
    public static IEnumerable<string> Codes => s_pages.Keys;

    /// <summary>The list of all codes.</summary>
    public static Html Index { get; } = WriteIndex();

    /// <summary>The page of a code; null when there is none.</summary>
    public static Html? Find(string code) => s_pages.GetValueOrDefault(code);

    private static Html Write(string code, JsonNode error)
    {
        int status = error["status"]!.GetValue<int>();
        string body = $"<main id=\"main\" class=\"plain\"><p class=\"soft\"><a href=\"/docs\">API</a> / <a href=\"/docs/errors\">Problem codes</a></p><h1>{Html.Encode(code)}</h1>"
            + $"<p class=\"soft\">{status.ToString(CultureInfo.InvariantCulture)} {Html.Encode(FaultStatus.Title(status))}</p>"
            + $"<h3>What it means</h3><p>{Html.Encode(error["meaning"]!.GetValue<string>())}</p><h3>What to do</h3><p>{Html.Encode(error["cure"]!.GetValue<string>())}</p></main>";
        return Html.Page(code + " – PromptPlatform API", body);
    }

    private static Html WriteIndex()
    {
        var html = new StringBuilder("<main id=\"main\" class=\"plain\"><p class=\"soft\"><a href=\"/docs\">API</a></p><h1>Problem codes</h1><ul class=\"fields\">");
        foreach (var (code, error) in s_errors)
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"/docs/errors/{code}\"><code>{code}</code></a> <span class=\"soft\">{error!["status"]}</span> – {Html.Encode(error["meaning"]!.GetValue<string>())}</li>");
        return Html.Page("Problem codes – PromptPlatform API", html.Append("</ul></main>").ToString());
    }
}

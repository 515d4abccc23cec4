using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PromptPlatform.Gateway.Docs;

/// <summary>One operation on the page: what it does, fields, a curl line, a form to try it.</summary>
internal sealed class OperationSection(JsonObject document)
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };
    private readonly SchemaList _schemas = new(document);

    /// <summary>Writes the section.</summary>
    public void Write(StringBuilder html, PublicOperation operation)
    {
        var json = document["paths"]![operation.Path]![operation.Verb.ToLowerInvariant()]!;
        string id = OperationText.IdOf(operation);
        html.Append(CultureInfo.InvariantCulture, $"<article id=\"{id}\" aria-labelledby=\"{id}-h\"><h2 id=\"{id}-h\">{Html.Encode(json["summary"]!.GetValue<string>())}</h2>");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"route\"><span class=\"verb {operation.Verb}\">{operation.Verb}</span> {Html.Encode(operation.Path)}</p>");
        if (json["description"]?.GetValue<string>() is { } description)
            html.Append(CultureInfo.InvariantCulture, $"<p>{Html.Encode(description)}</p>");
        string scope = operation.Scope is null ? "Open to everybody." : $"Scope <code>{Html.Encode(operation.Scope)}</code>.";
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{scope} gRPC: <code>{Html.Encode(operation.GrpcPath)}</code></p>");
        Details(html, "Request", _schemas.Write(json["requestBody"]?["content"]?["application/json"]?["schema"]));
        Details(html, "Answer", _schemas.Write(json["responses"]?["200"]?["content"]?["application/json"]?["schema"]));
        var example = OperationText.Of(operation).Example;
        html.Append(CultureInfo.InvariantCulture, $"<h3>curl</h3><pre>{Html.Encode(Curl(operation, example))}</pre>");
        Form(html, operation, json, id, example);
        html.Append("</article>");
    }

    private static void Details(StringBuilder html, string title, string fields)
    {
        if (fields.Length > 0)
            html.Append(CultureInfo.InvariantCulture, $"<details><summary>{title}</summary>{fields}</details>");
    }

    private static void Form(StringBuilder html, PublicOperation operation, JsonNode json, string id, JsonNode? example)
    {
        html.Append(CultureInfo.InvariantCulture, $"<details><summary>Try it</summary><form class=\"try\" data-verb=\"{operation.Verb}\" data-path=\"{Html.Encode(operation.Path)}\">");
        foreach (var parameter in (json["parameters"] as JsonArray ?? []).Where(p => p!["in"]?.GetValue<string>() is "path" or "query"))
        {
            string name = Html.Encode(parameter!["name"]!.GetValue<string>());
            string where = parameter["in"]!.GetValue<string>();
            string hint = parameter["description"]?.GetValue<string>() is { } text ? $" <span class=\"soft\">{Html.Encode(text)}</span>" : "";
            string required = where == "path" ? " required" : "";
            html.Append(CultureInfo.InvariantCulture, $"<label for=\"{id}-{name}\">{name}{hint}</label><input id=\"{id}-{name}\" name=\"{name}\" data-in=\"{where}\"{required}>");
        }
        if (operation.HasBody)
            html.Append(CultureInfo.InvariantCulture, $"<label for=\"{id}-body\">Body</label><textarea id=\"{id}-body\" spellcheck=\"false\">{Html.Encode(example?.ToJsonString(s_indented) ?? "{}")}</textarea>");
        html.Append("<button type=\"submit\">Send</button><pre><output aria-live=\"polite\">no request sent yet</output></pre></form></details>");
    }

    private static string Curl(PublicOperation operation, JsonNode? example)
    {
        var line = new StringBuilder("curl ");
        if (operation.Verb != "GET")
            line.Append("-X ").Append(operation.Verb).Append(' ');
        line.Append("\"$PROMPTPLATFORM_URL").Append(operation.Path).Append('"');
        if (operation.Scope is not null)
            line.Append(" \\\n  -H \"Authorization: Bearer $PROMPTPLATFORM_API_KEY\"");
        if (operation.HasBody)
        {
            string body = (example?.ToJsonString(s_indented) ?? "{}").Replace("'", "'\\''", StringComparison.Ordinal);
            line.Append(" \\\n  -H \"Content-Type: application/json\" \\\n  -d '").Append(body).Append('\'');
        }
        return line.ToString();
    }
}

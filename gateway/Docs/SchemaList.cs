using System.Text;
using System.Text.Json.Nodes;

namespace PromptPlatform.Gateway.Docs;

/// <summary>A JSON Schema as nested HTML lists. Messages inside messages are written out, down to a depth at which nobody reads on.</summary>
internal sealed class SchemaList(JsonObject document)
{
    private const int MaxDepth = 4;

    /// <summary>The fields of a schema.</summary>
    public string Write(JsonNode? schema)
    {
        var html = new StringBuilder();
        Write(html, schema, 0);
        return html.ToString();
    }

    private void Write(StringBuilder html, JsonNode? schema, int depth)
    {
        if (depth == MaxDepth || Fields(schema) is not { Count: > 0 } fields)
            return;
        html.Append("<ul class=\"fields\">");
        foreach (var (name, field) in fields)
        {
            html.Append("<li><code>").Append(Html.Encode(name)).Append("</code> <span class=\"soft\">").Append(Html.Encode(TypeOf(field!))).Append("</span>");
            if (field!["description"]?.GetValue<string>() is { } description)
                html.Append(" – ").Append(Html.Encode(description));
            Write(html, field, depth + 1);
            html.Append("</li>");
        }
        html.Append("</ul>");
    }

    private JsonObject? Fields(JsonNode? schema) => Resolve(schema) switch
    {
        { } list when list["items"] is { } items => Fields(items),
        { } message => message["properties"] as JsonObject,
        null => null,
    };

    private JsonObject? Resolve(JsonNode? schema) =>
        schema?["$ref"]?.GetValue<string>() is { } reference
            ? document["components"]!["schemas"]![reference[(reference.LastIndexOf('/') + 1)..]] as JsonObject
            : schema as JsonObject;

    private string TypeOf(JsonNode field)
    {
        if (field["items"] is { } items)
            return "list of " + TypeOf(items);
        if (field["additionalProperties"] is JsonObject values)
            return "map of " + TypeOf(values);
        string type = Resolve(field)?["type"]?.GetValue<string>() ?? "object";
        return field["format"]?.GetValue<string>() is "date-time" ? "date and time" : type;
    }
}

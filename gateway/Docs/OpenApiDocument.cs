using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PromptPlatform.Gateway.Docs;

/// <summary>The OpenAPI 3.1 document of the public API, written from the contracts. The same contracts give the same bytes.</summary>
internal sealed class OpenApiDocument
{
    private static readonly JsonSerializerOptions s_format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>Statuses of failures that operations refer to.</summary>
    private static readonly int[] s_failures = [400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500, 502, 503, 504];

    /// <summary>Writes the document.</summary>
    public OpenApiDocument()
    {
        var comments = ProtoComments.Read();
        var schemas = new OpenApiSchemas(comments);
        // Added first: the enhancement contract has a Problem of its own, for items of a batch.
        schemas.Add("ProblemDetails", OpenApiParts.Problem());
        var operations = new OpenApiOperation(schemas, comments);
        var paths = new JsonObject();
        foreach (var path in PublicOperation.All.GroupBy(operation => operation.Path))
            paths[path.Key] = new JsonObject(path.Select(o => KeyValuePair.Create<string, JsonNode?>(o.Verb.ToLowerInvariant(), operations.Write(o))));
        Json = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = OpenApiParts.Info(),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = Tags(comments),
            ["paths"] = paths,
            ["components"] = OpenApiParts.Components(schemas.ToJson(), s_failures),
        };
        Bytes = Encoding.UTF8.GetBytes(Json.ToJsonString(s_format) + "\n");
    }

    /// <summary>The document.</summary>
    public JsonObject Json { get; }

    /// <summary>The document as it is served.</summary>
    public byte[] Bytes { get; }

    private static JsonArray Tags(ProtoComments comments)
    {
        var tags = new JsonArray();
        foreach (var operation in PublicOperation.All.DistinctBy(o => o.Service).OrderBy(o => o.Service, StringComparer.Ordinal))
        {
            var tag = new JsonObject { ["name"] = operation.Service };
            if (comments.Of(operation.Method.File.Package) is { Length: > 0 } comment)
                tag["description"] = comment;
            tags.Add(tag);
        }
        return tags;
    }
}

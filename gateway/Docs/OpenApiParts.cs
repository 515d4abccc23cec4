using System.Globalization;
using System.Text.Json.Nodes;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Gateway.Docs;

/// <summary>The parts of the OpenAPI document that no contract holds: problems, headers, credential.</summary>
internal static class OpenApiParts
{
    /// <summary>Title, version, licence.</summary>
    public static JsonObject Info() => new()
    {
        ["title"] = "PromptPlatform API",
        ["version"] = "v1",
        ["description"] = "Brings a raw prompt into the form that suits its task and its model, with the reasons, a diff and a proof that nothing was lost. Unknown JSON fields are refused.",
        ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
    };

    /// <summary>The component section.</summary>
    public static JsonObject Components(JsonObject schemas, IEnumerable<int> failures) => new()
    {
        ["schemas"] = schemas,
        ["responses"] = new JsonObject(failures.Select(status => KeyValuePair.Create<string, JsonNode?>("Status" + status.ToString(CultureInfo.InvariantCulture), Failure(status)))),
        ["parameters"] = new JsonObject { ["IdempotencyKey"] = IdempotencyKey(), ["IfMatch"] = IfMatch() },
        ["headers"] = Headers(),
        ["securitySchemes"] = new JsonObject
        {
            ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "An API key: pp_live_… or pp_test_…" },
        },
    };

    /// <summary>The schema of problem details (RFC 9457).</summary>
    public static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["description"] = "Problem details (RFC 9457)",
        ["required"] = new JsonArray("type", "title", "status", "detail", "instance", "code", "requestId"),
        ["properties"] = new JsonObject
        {
            ["type"] = Text("The page that explains the code", "uri-reference"),
            ["title"] = Text("The same for every problem of this status"),
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = Text("What is wrong here and how to cure it"),
            ["instance"] = Text("The path that was asked for", "uri-reference"),
            ["code"] = Text("Stable name of the problem"),
            ["requestId"] = Text("The value of X-Request-Id"),
            ["errors"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("pointer", "detail"),
                    ["properties"] = new JsonObject { ["pointer"] = Text("JSON pointer of the field", "json-pointer"), ["detail"] = Text("What is wrong with it") },
                },
            },
        },
    };

    private static JsonObject Failure(int status)
    {
        var failure = new JsonObject { ["description"] = FaultStatus.Title(status) };
        var headers = new JsonObject { ["X-Request-Id"] = Header("X-Request-Id") };
        if (status is 429 or 502 or 503 or 504)
            headers["Retry-After"] = Header("Retry-After");
        failure["headers"] = headers;
        failure["content"] = new JsonObject
        {
            [ProblemDocument.MediaType] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/ProblemDetails" } },
        };
        return failure;
    }

    private static JsonObject IfMatch() => new()
    {
        ["name"] = "If-Match",
        ["in"] = "header",
        ["description"] = "The ETag of the answer that the change was made from; when the thing has changed since, the request is refused",
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject IdempotencyKey() => new()
    {
        ["name"] = "Idempotency-Key",
        ["in"] = "header",
        ["description"] = "A repeated request with the same key and body gets the first answer again, for 24 hours; with another body it is refused",
        ["schema"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 255 },
    };

    private static JsonObject Headers() => new()
    {
        ["X-Request-Id"] = Described("string", "The request's id: yours when you sent one, else made here"),
        ["X-RateLimit-Limit"] = Described("integer", "Requests that may be sent at once"),
        ["X-RateLimit-Remaining"] = Described("integer", "Requests left of these"),
        ["X-RateLimit-Reset"] = Described("integer", "Seconds until all are there again"),
        ["Retry-After"] = Described("integer", "Seconds to wait before the next try"),
        ["Server-Timing"] = Described("string", "Milliseconds by stage"),
    };

    private static JsonObject Described(string type, string description) =>
        new() { ["description"] = description, ["schema"] = new JsonObject { ["type"] = type } };

    private static JsonObject Header(string name) => new() { ["$ref"] = "#/components/headers/" + name };

    private static JsonObject Text(string description, string? format = null)
    {
        var text = new JsonObject { ["type"] = "string" };
        if (format is not null)
            text["format"] = format;
        text["description"] = description;
        return text;
    }
}

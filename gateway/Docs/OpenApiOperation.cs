using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace PromptPlatform.Gateway.Docs;

/// <summary>One operation as an OpenAPI operation object.</summary>
internal sealed class OpenApiOperation(OpenApiSchemas schemas, ProtoComments comments)
{
    private static readonly string[] s_answerHeaders = ["X-Request-Id", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Server-Timing"];

    /// <summary>Writes it.</summary>
    public JsonObject Write(PublicOperation operation)
    {
        var text = OperationText.Of(operation);
        var json = new JsonObject
        {
            ["operationId"] = OperationText.IdOf(operation),
            ["summary"] = text.Summary,
            ["tags"] = new JsonArray(operation.Service),
        };
        if (comments.Of(operation.Method.FullName) is { Length: > 0 } comment)
            json["description"] = comment;
        if (Parameters(operation, text) is { Count: > 0 } parameters)
            json["parameters"] = parameters;
        if (operation.HasBody)
            json["requestBody"] = Body(operation, text);
        json["responses"] = Responses(operation, text);
        json["security"] = operation.Scope is null ? [] : new JsonArray(new JsonObject { ["bearer"] = new JsonArray() });
        if (operation.Scope is { } scope)
            json["x-scope"] = scope;
        json["x-grpc"] = operation.GrpcPath;
        return json;
    }

    private JsonArray Parameters(PublicOperation operation, OperationText text)
    {
        var parameters = new JsonArray();
        string[] path = [.. operation.PathParameters];
        foreach (var field in operation.Method.InputType.Fields.InFieldNumberOrder())
        {
            bool inPath = path.Contains(field.Name);
            if (inPath || !operation.HasBody)
                parameters.Add(Parameter(field, inPath));
        }
        if (text.IdempotencyKey)
            parameters.Add(new JsonObject { ["$ref"] = "#/components/parameters/IdempotencyKey" });
        if (text.IfMatch)
            parameters.Add(new JsonObject { ["$ref"] = "#/components/parameters/IfMatch" });
        return parameters;
    }

    private JsonObject Parameter(FieldDescriptor field, bool inPath)
    {
        var schema = schemas.OfField(field);
        var parameter = new JsonObject { ["name"] = field.JsonName, ["in"] = inPath ? "path" : "query" };
        if (inPath)
            parameter["required"] = true;
        if (schema["description"]?.GetValue<string>() is { } description)
        {
            parameter["description"] = description;
            schema.Remove("description");
        }
        parameter["schema"] = schema;
        return parameter;
    }

    private JsonObject Body(PublicOperation operation, OperationText text)
    {
        var media = new JsonObject { ["schema"] = schemas.Reference(operation.Method.InputType, isRequest: true, operation.PathParameters) };
        if (text.Example is { } example)
            media["example"] = example.DeepClone();
        return new JsonObject { ["required"] = true, ["content"] = new JsonObject { ["application/json"] = media } };
    }

    private JsonObject Responses(PublicOperation operation, OperationText text)
    {
        var headers = new JsonObject(s_answerHeaders.Select(name => KeyValuePair.Create<string, JsonNode?>(name, new JsonObject { ["$ref"] = "#/components/headers/" + name })));
        var responses = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = "Done",
                ["headers"] = headers,
                ["content"] = Content(operation, text),
            },
        };
        foreach (int status in Failures(operation, text))
            responses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new JsonObject { ["$ref"] = $"#/components/responses/Status{status}" };
        return responses;
    }

    private JsonObject Content(PublicOperation operation, OperationText text) => text.Media.Count == 0
        ? new JsonObject { ["application/json"] = new JsonObject { ["schema"] = schemas.Reference(operation.Method.OutputType) } }
        : new JsonObject(text.Media.Select(type => KeyValuePair.Create<string, JsonNode?>(type, new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } })));

    private static IEnumerable<int> Failures(PublicOperation operation, OperationText text)
    {
        yield return 400;
        if (operation.Scope is not null)
        {
            yield return 401;
            yield return 403;
        }
        if (operation.PathParameters.Any())
            yield return 404;
        if (text.IdempotencyKey)
            yield return 409;
        if (text.IfMatch)
        {
            yield return 409;
            yield return 412;
        }
        if (operation.HasBody)
        {
            yield return 413;
            yield return 415;
            yield return 422;
        }
        yield return 429;
        yield return 500;
        yield return 502;
        yield return 503;
        yield return 504;
    }
}

using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace PromptPlatform.Gateway.Docs;

/// <summary>JSON Schemas (2020-12) of protobuf messages in their JSON form; collects every message that is referred to.</summary>
internal sealed class OpenApiSchemas(ProtoComments comments)
{
    private readonly SortedDictionary<string, JsonObject> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    /// <summary>The collected schemas, sorted by name.</summary>
    public JsonObject ToJson() => new(_schemas.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value.DeepClone())));

    /// <summary>Adds a schema written by hand.</summary>
    public void Add(string name, JsonObject schema) => _schemas.Add(name, schema);

    /// <summary>A reference to a message; <paramref name="without"/>: fields that travel in the path.</summary>
    public JsonObject Reference(MessageDescriptor message, bool isRequest = false, params IEnumerable<string> without)
    {
        string name = NameOf(message);
        if (!_schemas.ContainsKey(name))
        {
            _schemas[name] = [];
            _schemas[name] = Describe(message, isRequest, [.. without]);
        }
        return new JsonObject { ["$ref"] = "#/components/schemas/" + name };
    }

    /// <summary>The schema of a field with its description.</summary>
    public JsonObject OfField(FieldDescriptor field)
    {
        var schema = field.IsMap ? MapOf(field) : field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = OfValue(field) } : OfValue(field);
        if (comments.Of(field.FullName) is { Length: > 0 } comment)
            schema["description"] = comment;
        return schema;
    }

    private JsonObject Describe(MessageDescriptor message, bool isRequest, HashSet<string> without)
    {
        var schema = new JsonObject { ["type"] = "object" };
        if (comments.Of(message.FullName) is { Length: > 0 } comment)
            schema["description"] = comment;
        var properties = new JsonObject();
        foreach (var field in message.Fields.InFieldNumberOrder().Where(f => !without.Contains(f.Name)))
            properties[field.JsonName] = OfField(field);
        schema["properties"] = properties;
        // Requests are read strictly; answers may grow.
        if (isRequest)
            schema["additionalProperties"] = false;
        return schema;
    }

    private JsonObject MapOf(FieldDescriptor field) =>
        new() { ["type"] = "object", ["additionalProperties"] = OfValue(field.MessageType.FindFieldByNumber(2)) };

    private JsonObject OfValue(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => new() { ["type"] = "string" },
        FieldType.Bool => new() { ["type"] = "boolean" },
        FieldType.Double => Of("number", "double"),
        FieldType.Float => Of("number", "float"),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => Of("integer", "int32"),
        FieldType.UInt32 or FieldType.Fixed32 or FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 or FieldType.UInt64 or FieldType.Fixed64 => Of("integer", "int64"),
        FieldType.Bytes => new() { ["type"] = "string", ["contentEncoding"] = "base64" },
        FieldType.Enum => new() { ["type"] = "string", ["enum"] = new JsonArray([.. field.EnumType.Values.Select(v => (JsonNode)v.Name)]) },
        FieldType.Message when field.MessageType.FullName == Timestamp.Descriptor.FullName => Of("string", "date-time"),
        FieldType.Message when field.MessageType.FullName == Duration.Descriptor.FullName => Of("string", "duration"),
        FieldType.Message => Reference(field.MessageType),
        FieldType.Group => throw new InvalidOperationException($"{field.FullName} is a group"),
        _ => throw new InvalidOperationException($"{field.FullName} has an unknown type"),
    };

    private static JsonObject Of(string type, string format) => new() { ["type"] = type, ["format"] = format };

    // The plain name belongs to the first message that has it; others carry their service's name before it.
    private string NameOf(MessageDescriptor message)
    {
        if (_owners.TryAdd(message.Name, message.FullName) || _owners[message.Name] == message.FullName)
            return message.Name;
        string service = message.File.Package.Split('.')[1];
        return char.ToUpperInvariant(service[0]) + service[1..] + message.Name;
    }
}

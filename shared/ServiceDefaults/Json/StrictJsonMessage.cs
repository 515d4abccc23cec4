using System.Text.Json;
using Google.Protobuf.Reflection;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Json;

/// <summary>The fields of one message: known, once, of the right shape.</summary>
internal static class StrictJsonMessage
{
    private const int MaxNameLength = 256;

    /// <summary>Reads from the start of an object to its end.</summary>
    public static void Check(ref Utf8JsonReader reader, MessageDescriptor type, JsonPath path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var oneofs = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = Name(ref reader, path);
            path.Enter(name);
            if (!seen.Add(name))
                throw RequestException.Invalid(path.Text, "is given twice; send it once");
            var field = Fields.Find(type, name) ?? throw RequestException.Invalid(path.Text, $"is not a known field; known are {Fields.Names(type)}");
            if (field.RealContainingOneof is { } oneof && !oneofs.Add(oneof.Name))
                throw RequestException.Invalid(path.Text, $"excludes another field that is given; send one of {string.Join(", ", oneof.Fields.Select(f => f.JsonName))}");
            reader.Read();
            Field(ref reader, field, path);
            path.Leave();
        }
    }

    private static void Field(ref Utf8JsonReader reader, FieldDescriptor field, JsonPath path)
    {
        // null stands for "not given" (protobuf JSON mapping).
        if (reader.TokenType == JsonTokenType.Null)
            return;
        if (field.IsMap)
            Map(ref reader, field, path);
        else if (field.IsRepeated)
            List(ref reader, field, path);
        else
            Value(ref reader, field, path);
    }

    private static void Map(ref Utf8JsonReader reader, FieldDescriptor field, JsonPath path)
    {
        Require(reader.TokenType == JsonTokenType.StartObject, ref reader, path, "an object");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var value = field.MessageType.Fields[2];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = Name(ref reader, path);
            path.Enter(name);
            if (!seen.Add(name))
                throw RequestException.Invalid(path.Text, "is given twice; send it once");
            reader.Read();
            Require(reader.TokenType != JsonTokenType.Null, ref reader, path, "a value");
            Value(ref reader, value, path);
            path.Leave();
        }
    }

    private static void List(ref Utf8JsonReader reader, FieldDescriptor field, JsonPath path)
    {
        Require(reader.TokenType == JsonTokenType.StartArray, ref reader, path, "an array");
        for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            path.Enter(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Require(reader.TokenType != JsonTokenType.Null, ref reader, path, "a value");
            Value(ref reader, field, path);
            path.Leave();
        }
    }

    private static void Value(ref Utf8JsonReader reader, FieldDescriptor field, JsonPath path)
    {
        if (field.FieldType == FieldType.Message && field.MessageType.File.Package != "google.protobuf")
        {
            Require(reader.TokenType == JsonTokenType.StartObject, ref reader, path, "an object");
            Check(ref reader, field.MessageType, path);
            return;
        }
        StrictJsonScalar.Check(ref reader, field, path);
    }

    private static string Name(ref Utf8JsonReader reader, JsonPath path)
    {
        if (reader.ValueSpan.Length > MaxNameLength)
            throw RequestException.InvalidBody($"a field name is longer than {MaxNameLength} bytes{path.Where}");
        return StrictJsonScalar.Text(ref reader, path);
    }

    private static void Require(bool holds, ref Utf8JsonReader reader, JsonPath path, string wanted)
    {
        if (!holds)
            throw StrictJsonScalar.WrongType(ref reader, path, wanted);
    }
}

using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Json;

/// <summary>Scalars and well-known types: the JSON type must be that of the field; no string stands for a number or a boolean.</summary>
internal static class StrictJsonScalar
{
    private const string WholeNumber = "a whole number";
    private const string Number = "a number";
    private const string Time = "a string such as 2026-01-31T12:00:00Z";

    public static void Check(ref Utf8JsonReader reader, FieldDescriptor field, JsonPath path)
    {
        switch (field.FieldType)
        {
            case FieldType.String or FieldType.Bytes or FieldType.Enum or FieldType.Message:
                if (reader.TokenType != JsonTokenType.String)
                    throw WrongType(ref reader, path, field.FieldType == FieldType.Message ? Time : "a string");
                CheckText(Text(ref reader, path), field, path);
                break;
            case FieldType.Bool:
                if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
                    throw WrongType(ref reader, path, "true or false");
                break;
            case FieldType.Float or FieldType.Double:
                if (reader.TokenType != JsonTokenType.Number || !double.IsFinite(reader.GetDouble()))
                    throw WrongType(ref reader, path, Number);
                break;
            case FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 or FieldType.UInt64 or FieldType.Fixed64:
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out _))
                    throw WrongType(ref reader, path, WholeNumber);
                break;
            default:
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out _))
                    throw WrongType(ref reader, path, WholeNumber);
                break;
        }
    }

    /// <summary>The text of the string or name at which the reader stands.</summary>
    public static string Text(ref Utf8JsonReader reader, JsonPath path)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The reader's way to say that an escape such as \ud800 stands alone.
            throw RequestException.Invalid(path.Text, "holds half of a surrogate pair, which is no character; send whole characters");
        }
    }

    public static RequestException WrongType(ref Utf8JsonReader reader, JsonPath path, string wanted) =>
        RequestException.Invalid(path.Text, $"is {Found(reader.TokenType, wanted)}; send {wanted}");

    private static void CheckText(string text, FieldDescriptor field, JsonPath path)
    {
        if (text.Contains('\0'))
            throw RequestException.Invalid(path.Text, "holds the character NUL (U+0000); remove it");
        if (field.FieldType == FieldType.Message && field.MessageType == Timestamp.Descriptor && !IsTime(text))
            throw RequestException.Invalid(path.Text, $"is no time with a zone (RFC 3339); send {Time}");
    }

    // The parser of the transcoder decides, so that what passes here is never refused there without the field's name.
    private static bool IsTime(string text)
    {
        try
        {
            JsonParser.Default.Parse<Timestamp>(JsonSerializer.Serialize(text));
            return true;
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or FormatException or ArgumentException)
        {
            return false;
        }
    }

    private static string Found(JsonTokenType token, string wanted) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => wanted is Number or WholeNumber ? "a number that does not fit" : "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };
}

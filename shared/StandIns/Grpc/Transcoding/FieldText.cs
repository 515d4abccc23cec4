using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace PromptPlatform.GrpcTransport;

/// <summary>Field values from the text of paths and queries.</summary>
internal static class FieldText
{
    private static readonly JsonParser Parser = JsonParser.Default;

    /// <summary>Messages that are one text in JSON: timestamps, durations, field masks and wrappers.</summary>
    public static bool IsTextMessage(MessageDescriptor type) =>
        type.File.Name == "google/protobuf/wrappers.proto" || type.FullName is "google.protobuf.Timestamp" or "google.protobuf.Duration" or "google.protobuf.FieldMask";

    /// <summary>The value; throws <see cref="FormatException"/> that tells what is expected.</summary>
    public static object Parse(FieldDescriptor field, string text)
    {
        try
        {
            return field.FieldType == FieldType.Message ? ParseMessage(field.MessageType, text) : ParseScalar(field, text);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new FormatException($"'{text}' is not a valid {Expected(field)}.", e);
        }
    }

    private static object ParseScalar(FieldDescriptor field, string text) => field.FieldType switch
    {
        FieldType.String => text,
        FieldType.Bool => text switch { "true" => true, "false" => false, _ => throw new FormatException() },
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        FieldType.UInt32 or FieldType.Fixed32 => uint.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture),
        FieldType.UInt64 or FieldType.Fixed64 => ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture),
        FieldType.Float => float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        FieldType.Double => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        FieldType.Bytes => ByteString.FromBase64(text.Replace('-', '+').Replace('_', '/')),
        FieldType.Enum => ParseEnum(field.EnumType, text),
        _ => throw new FormatException(),
    };

    private static object ParseEnum(EnumDescriptor type, string text)
    {
        int number = type.FindValueByName(text)?.Number ?? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return System.Enum.ToObject(type.ClrType, number);
    }

    private static object ParseMessage(MessageDescriptor type, string text)
    {
        bool bare = type.FullName == "google.protobuf.BoolValue";
        IMessage message = Parser.Parse(bare ? text : JsonSerializer.Serialize(text), type);

        // Wrapper fields are exposed as plain nullable values.
        return type.File.Name == "google/protobuf/wrappers.proto" ? type.FindFieldByName("value").Accessor.GetValue(message) : message;
    }

    private static string Expected(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.Name,
        FieldType.Enum => field.EnumType.Name,
        var scalar => scalar.ToString(),
    };
}

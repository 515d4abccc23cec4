using System.Buffers;
using System.Collections;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace PromptPlatform.GrpcTransport;

/// <summary>
/// Reads the JSON that callers usually send, straight from the bytes: each field once, by name, with a value of its own JSON type.
/// Everything else (null, numbers as text, well-known types, maps, bytes, oneofs, whatever is wrong) it leaves to
/// <see cref="JsonParser"/>, which knows all forms and words every error.
/// </summary>
internal static class PlainJsonReader
{
    private const int MaxFields = 64;

    // Beyond it the other reader rounds; callers send such numbers as text.
    private const long LargestExact = 1L << 53;

    /// <summary>The message; null when the other reader has to look.</summary>
    public static IMessage? TryRead(in ReadOnlySequence<byte> json, MessageDescriptor type)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            return reader.Read() && TryReadMessage(ref reader, type) is { } message && !reader.Read() ? message : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not valid Unicode.
            return null;
        }
    }

    private static IMessage? TryReadMessage(ref Utf8JsonReader reader, MessageDescriptor type)
    {
        MessagePlan plan = MessagePlan.Of(type);
        if (reader.TokenType != JsonTokenType.StartObject || plan.IsWellKnown || plan.Fields.Length > MaxFields)
        {
            return null;
        }

        var message = (IMessage)Activator.CreateInstance(type.ClrType)!;
        ulong seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int index = IndexOf(ref reader, plan.Fields);
            if (index < 0 || (seen & (1UL << index)) != 0 || !reader.Read() || !TryReadField(ref reader, plan.Fields[index], message))
            {
                return null;
            }

            seen |= 1UL << index;
        }

        return message;
    }

    private static int IndexOf(ref Utf8JsonReader reader, FieldPlan[] fields)
    {
        for (int index = 0; index < fields.Length; index++)
        {
            if (reader.ValueTextEquals(fields[index].JsonName) || reader.ValueTextEquals(fields[index].ProtoName))
            {
                return index;
            }
        }

        return -1;
    }

    private static bool TryReadField(ref Utf8JsonReader reader, FieldPlan field, IMessage message)
    {
        if (field.Field.IsMap || field.Field.RealContainingOneof is not null)
        {
            return false;
        }

        if (!field.IsRepeated)
        {
            if (TryReadValue(ref reader, field) is not { } value)
            {
                return false;
            }

            field.Accessor.SetValue(message, value);
            return true;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        var list = (IList)field.Accessor.GetValue(message);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (TryReadValue(ref reader, field) is not { } item)
            {
                return false;
            }

            list.Add(item);
        }

        return true;
    }

    private static object? TryReadValue(ref Utf8JsonReader reader, FieldPlan field) => (field.Type, reader.TokenType) switch
    {
        (FieldType.String, JsonTokenType.String) => reader.GetString(),
        (FieldType.Bool, JsonTokenType.True) => true,
        (FieldType.Bool, JsonTokenType.False) => false,
        (FieldType.Message, JsonTokenType.StartObject) => TryReadMessage(ref reader, field.Field.MessageType),
        (FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32, JsonTokenType.Number) => reader.TryGetInt32(out int number) ? number : null,
        (FieldType.UInt32 or FieldType.Fixed32, JsonTokenType.Number) => reader.TryGetUInt32(out uint number) ? number : null,
        (FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64, JsonTokenType.Number) =>
            reader.TryGetInt64(out long number) && number is >= -LargestExact and <= LargestExact ? number : null,
        (FieldType.Double, JsonTokenType.Number) => reader.TryGetDouble(out double number) && double.IsFinite(number) ? number : null,
        (FieldType.Enum, JsonTokenType.String) => field.Field.EnumType.FindValueByName(reader.GetString()) is { } known
            ? Enum.ToObject(field.Field.EnumType.ClrType, known.Number)
            : null,
        _ => null,
    };
}

using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;

namespace PromptPlatform.GrpcTransport;

/// <summary>Writes messages as UTF-8 JSON: camel case, defaults written unless told otherwise, unset messages and optional fields left out.</summary>
internal sealed class JsonMessageWriter(GrpcJsonSettings settings, TypeRegistry types)
{
    private readonly JsonFormatter wellKnown = new(new JsonFormatter.Settings(formatDefaultValues: !settings.IgnoreDefaultValues, types));

    private readonly JsonWriterOptions options = new()
    {
        Indented = settings.WriteIndented,

        // The answer is application/json, never HTML: letters beyond ASCII stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static Utf8JsonWriter? cached;

    /// <summary>The text; the caller gives the buffer back. Throws when a message cannot be written, before anything was sent.</summary>
    public PooledWriter Write(IMessage message, FieldPath? part)
    {
        var buffer = new PooledWriter(1024);
        Utf8JsonWriter json = Rent(buffer);
        try
        {
            if (part is null)
            {
                WriteMessage(json, message);
            }
            else
            {
                WriteField(json, part.Leaf, part.Get(message));
            }

            json.Flush();
        }
        catch
        {
            buffer.Dispose();
            throw;
        }

        cached = json;
        return buffer;
    }

    private Utf8JsonWriter Rent(PooledWriter buffer)
    {
        Utf8JsonWriter? json = cached;
        cached = null;
        if (json is null || json.Options.Indented != options.Indented)
        {
            return new Utf8JsonWriter(buffer, options);
        }

        json.Reset(buffer);
        return json;
    }

    private void WriteMessage(Utf8JsonWriter json, IMessage message)
    {
        MessagePlan plan = MessagePlan.Of(message.Descriptor);
        if (plan.IsWellKnown)
        {
            json.WriteRawValue(wellKnown.Format(message));
            return;
        }

        json.WriteStartObject();
        foreach (FieldPlan field in plan.Fields)
        {
            object? value = field.Accessor.GetValue(message);
            if (IsWritten(field.Field, message, value))
            {
                json.WritePropertyName(field.Name);
                WriteField(json, field.Field, value);
            }
        }

        json.WriteEndObject();
    }

    private bool IsWritten(FieldDescriptor field, IMessage message, object? value) => field switch
    {
        { IsRepeated: true } => !settings.IgnoreDefaultValues || ((ICollection)value!).Count > 0,
        { HasPresence: true, FieldType: FieldType.Message } => value is not null,
        { HasPresence: true } => field.Accessor.HasValue(message),
        _ => !settings.IgnoreDefaultValues || !IsDefault(value),
    };

    private static bool IsDefault(object? value) => value switch
    {
        string text => text.Length == 0,
        ByteString bytes => bytes.IsEmpty,
        bool flag => !flag,
        IConvertible number => Convert.ToDouble(number, CultureInfo.InvariantCulture) == 0,
        _ => false,
    };

    private void WriteField(Utf8JsonWriter json, FieldDescriptor field, object? value)
    {
        if (field.IsMap)
        {
            WriteMap(json, field, (IDictionary)value!);
        }
        else if (field.IsRepeated)
        {
            json.WriteStartArray();
            foreach (object item in (IEnumerable)value!)
            {
                WriteValue(json, field, item);
            }

            json.WriteEndArray();
        }
        else
        {
            WriteValue(json, field, value);
        }
    }

    private void WriteMap(Utf8JsonWriter json, FieldDescriptor field, IDictionary map)
    {
        FieldDescriptor valueField = field.MessageType.FindFieldByNumber(2);
        json.WriteStartObject();
        foreach (DictionaryEntry entry in map)
        {
            json.WritePropertyName(entry.Key is bool flag ? (flag ? "true" : "false") : Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!);
            WriteValue(json, valueField, entry.Value);
        }

        json.WriteEndObject();
    }

    private void WriteValue(Utf8JsonWriter json, FieldDescriptor field, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case IMessage message:
                WriteMessage(json, message);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case ByteString bytes:
                json.WriteBase64StringValue(bytes.Span);
                break;
            case System.Enum when field.FieldType == FieldType.Enum:
                WriteEnum(json, field.EnumType, Convert.ToInt32(value, CultureInfo.InvariantCulture));
                break;
            default:
                WriteNumber(json, value);
                break;
        }
    }

    private void WriteEnum(Utf8JsonWriter json, EnumDescriptor type, int number)
    {
        if (!settings.WriteEnumsAsIntegers && type.FindValueByNumber(number) is { } known)
        {
            json.WriteStringValue(known.Name);
        }
        else
        {
            json.WriteNumberValue(number);
        }
    }

    private void WriteNumber(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case int number:
                json.WriteNumberValue(number);
                break;
            case uint number:
                json.WriteNumberValue(number);
                break;
            case long or ulong when settings.WriteInt64sAsStrings:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(value switch
                {
                    float.NaN or double.NaN => "NaN",
                    float.PositiveInfinity or double.PositiveInfinity => "Infinity",
                    float.NegativeInfinity or double.NegativeInfinity => "-Infinity",
                    _ => throw new InvalidOperationException($"{value.GetType()} is no protobuf value."),
                });
                break;
        }
    }
}

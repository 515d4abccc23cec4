using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;

namespace PromptPlatform.Interop.Tests.Plans;

/// <summary>Writes messages in protobuf's own JSON.</summary>
public sealed class MessagesConverter : JsonConverter<IReadOnlyList<IMessage>>
{
    // proto-loader knows fields by the names of the contract alone.
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    public override IReadOnlyList<IMessage> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Plans are only written.");

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<IMessage> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (IMessage message in value)
        {
            writer.WriteRawValue(Formatter.Format(message));
        }

        writer.WriteEndArray();
    }
}

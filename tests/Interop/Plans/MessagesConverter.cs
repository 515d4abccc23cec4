using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;

namespace PromptPlatform.Interop.Tests.Plans;

/// <summary>Writes messages in protobuf's own JSON.</summary>
public sealed class MessagesConverter : JsonConverter<IReadOnlyList<IMessage>>
{
    public override IReadOnlyList<IMessage> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Plans are only written.");

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<IMessage> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (IMessage message in value)
        {
            writer.WriteRawValue(JsonFormatter.Default.Format(message));
        }

        writer.WriteEndArray();
    }
}

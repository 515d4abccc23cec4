using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace PromptPlatform.GrpcTransport;

/// <summary>What reading and writing a message type as JSON needs of its descriptor, looked up once.</summary>
internal sealed class MessagePlan
{
    private static readonly ConcurrentDictionary<MessageDescriptor, MessagePlan> Plans = new();

    private MessagePlan(MessageDescriptor type)
    {
        // Timestamp, Struct, Any and their like have forms of their own.
        IsWellKnown = type.File.Package == "google.protobuf" && type.Fields.InDeclarationOrder().Count > 0;
        Fields = [.. type.Fields.InFieldNumberOrder().Select(field => new FieldPlan(field))];
    }

    public bool IsWellKnown { get; }

    /// <summary>In the order of their numbers.</summary>
    public FieldPlan[] Fields { get; }

    public static MessagePlan Of(MessageDescriptor type) => Plans.GetOrAdd(type, static type => new MessagePlan(type));
}

/// <summary>One field of a <see cref="MessagePlan"/>.</summary>
internal sealed class FieldPlan(FieldDescriptor field)
{
    public FieldDescriptor Field { get; } = field;

    public IFieldAccessor Accessor { get; } = field.Accessor;

    public FieldType Type { get; } = field.FieldType;

    public bool IsRepeated { get; } = field.IsRepeated;

    /// <summary>Its name in JSON.</summary>
    public JsonEncodedText Name { get; } = JsonEncodedText.Encode(field.JsonName);

    /// <summary>The same in UTF-8.</summary>
    public byte[] JsonName { get; } = Encoding.UTF8.GetBytes(field.JsonName);

    /// <summary>Its name in the contract, which readers take too.</summary>
    public byte[] ProtoName { get; } = Encoding.UTF8.GetBytes(field.Name);
}

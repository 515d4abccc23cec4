namespace Grpc.Core;

/// <summary>Turns messages of one type into bytes and back.</summary>
public class Marshaller<T>
{
    private readonly Func<T, byte[]>? serializer;
    private readonly Func<byte[], T>? deserializer;

    /// <summary>A marshaller over arrays.</summary>
    public Marshaller(Func<T, byte[]> serializer, Func<byte[], T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        this.serializer = serializer;
        this.deserializer = deserializer;
        ContextualSerializer = (value, context) => context.Complete(serializer(value));
        ContextualDeserializer = context => deserializer(context.PayloadAsNewBuffer());
    }

    /// <summary>A marshaller that writes into and reads from the transport's memory.</summary>
    public Marshaller(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer)
    {
        ContextualSerializer = serializer;
        ContextualDeserializer = deserializer;
    }

    /// <summary>The array form; throws <see cref="NotSupportedException"/> for a contextual marshaller.</summary>
    public Func<T, byte[]> Serializer => serializer ?? throw new NotSupportedException("The marshaller is contextual.");

    /// <summary>The array form; throws <see cref="NotSupportedException"/> for a contextual marshaller.</summary>
    public Func<byte[], T> Deserializer => deserializer ?? throw new NotSupportedException("The marshaller is contextual.");

    /// <summary>Writes a message.</summary>
    public Action<T, SerializationContext> ContextualSerializer { get; }

    /// <summary>Reads a message.</summary>
    public Func<DeserializationContext, T> ContextualDeserializer { get; }
}

using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a marshaller writes one message: either one array, or length, buffer writer and completion.</summary>
public abstract class SerializationContext
{
    /// <summary>Writes the whole message.</summary>
    public virtual void Complete(byte[] payload) => throw NotSupported();

    /// <summary>A writer into the outgoing frame. Set the length first to avoid a copy.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw NotSupported();

    /// <summary>Tells the length in bytes before anything is written.</summary>
    public virtual void SetPayloadLength(int payloadLength) => throw NotSupported();

    /// <summary>Ends what was written into the buffer writer.</summary>
    public virtual void Complete() => throw NotSupported();

    private NotSupportedException NotSupported() => new($"{GetType().Name} does not support this way of writing a message.");
}

using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a marshaller reads one message. The memory belongs to the transport: copy what outlives the call.</summary>
public abstract class DeserializationContext
{
    /// <summary>Bytes in the message.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>The message as an array of its own.</summary>
    public virtual byte[] PayloadAsNewBuffer() => throw NotSupported();

    /// <summary>The message without a copy.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => throw NotSupported();

    private NotSupportedException NotSupported() => new($"{GetType().Name} does not support this way of reading a message.");
}

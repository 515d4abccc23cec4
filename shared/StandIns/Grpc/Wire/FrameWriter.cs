using System.Buffers;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>Writes a message as a whole frame; when its length is known and it is not compressed, in place without a copy.</summary>
internal sealed class FrameWriter : SerializationContext
{
    [ThreadStatic]
    private static FrameWriter? cached;

    private IBufferWriter<byte>? target;
    private PooledWriter? scratch;
    private FrameOptions options;
    private int length;
    private bool headerWritten;
    private bool completed;

    private IBufferWriter<byte> Target => target ?? throw new InvalidOperationException("The message is complete.");

    public static void Write<T>(IBufferWriter<byte> target, Action<T, SerializationContext> serializer, T message, FrameOptions options)
    {
        FrameWriter writer = cached ?? new FrameWriter();
        cached = null;
        (writer.target, writer.options, writer.length, writer.headerWritten, writer.completed) = (target, options, -1, false, false);
        try
        {
            serializer(message, writer);
            if (!writer.completed)
            {
                throw new InvalidOperationException("The serializer did not complete the message.");
            }
        }
        finally
        {
            writer.scratch?.Dispose();
            writer.scratch = null;
            writer.target = null;
            cached = writer;
        }
    }

    public override void SetPayloadLength(int payloadLength) => length = payloadLength;

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (options.Compress || length < 0)
        {
            return scratch ??= new PooledWriter(length);
        }

        if (!headerWritten)
        {
            WriteHeader(compressed: false, length);
            headerWritten = true;
        }

        return Target;
    }

    public override void Complete()
    {
        completed = true;
        if (scratch is not null)
        {
            WriteBuffered(scratch.Memory.Span);
        }
        else if (!headerWritten)
        {
            WriteHeader(compressed: false, 0);
        }
    }

    public override void Complete(byte[] payload)
    {
        completed = true;
        WriteBuffered(payload);
    }

    private void WriteBuffered(ReadOnlySpan<byte> payload)
    {
        // An empty message has nothing to compress, and the stream of the framework would not even write gzip's own header.
        bool compress = options.Compress && !payload.IsEmpty;
        if (compress)
        {
            payload = Compression.Gzip(payload, options.Level).Span;
        }

        WriteHeader(compress, payload.Length);
        Target.Write(payload);
    }

    private void WriteHeader(bool compressed, int payloadLength)
    {
        if (payloadLength > options.MaxSize)
        {
            throw RpcErrors.Of(StatusCode.ResourceExhausted, "Sending message exceeds the maximum configured message size.");
        }

        Frames.WriteHeader(Target.GetSpan(Frames.HeaderSize), compressed, payloadLength);
        Target.Advance(Frames.HeaderSize);
    }
}

using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;

namespace PromptPlatform.Gateway.Edge.Wire;

/// <summary>The way in of an HTTP/2 connection, with its frames counted as Kestrel takes them; a flood aborts it.</summary>
internal sealed class CountedReader(ConnectionContext connection, IDuplexPipe inner, FrameCounter frames) : PipeReader, IDuplexPipe
{
    private ReadOnlySequence<byte> _buffer;

    public PipeReader Input => this;

    public PipeWriter Output => inner.Output;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.Input.ReadAsync(cancellationToken);
        _buffer = result.Buffer;
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        bool read = inner.Input.TryRead(out result);
        if (read)
            _buffer = result.Buffer;
        return read;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        bool calm = frames.Read(_buffer.Slice(_buffer.Start, consumed));
        _buffer = default;
        inner.Input.AdvanceTo(consumed, examined);
        if (!calm)
            connection.Abort(new ConnectionAbortedException("too many HTTP/2 frames that carry nothing"));
    }

    public override void CancelPendingRead() => inner.Input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Input.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.Input.CompleteAsync(exception);
}

using System.IO.Pipelines;

namespace PromptPlatform.Gateway.Edge.Wire;

/// <summary>
/// The way out of one connection. Kestrel answers what it cannot read with a bare status line; once <see cref="Refuse"/> has
/// written a problem document, what Kestrel writes is dropped.
/// </summary>
internal sealed class RefusalPipe(IDuplexPipe inner) : PipeWriter, IDuplexPipe
{
    private bool _refused;

    public PipeReader Input => inner.Input;

    public PipeWriter Output => this;

    public override bool CanGetUnflushedBytes => inner.Output.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.Output.UnflushedBytes;

    /// <summary>Writes the last answer of the connection.</summary>
    public void Refuse(ReadOnlySpan<byte> answer)
    {
        if (_refused)
            return;
        answer.CopyTo(inner.Output.GetSpan(answer.Length));
        inner.Output.Advance(answer.Length);
        _refused = true;
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.Output.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.Output.GetSpan(sizeHint);

    public override void Advance(int bytes) => inner.Output.Advance(_refused ? 0 : bytes);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.Output.FlushAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        _refused ? inner.Output.FlushAsync(cancellationToken) : inner.Output.WriteAsync(source, cancellationToken);

    public override void CancelPendingFlush() => inner.Output.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Output.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.Output.CompleteAsync(exception);
}

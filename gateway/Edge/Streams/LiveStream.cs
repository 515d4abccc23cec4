using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Gateway.Edge.Streams;

/// <summary>One of the <see cref="LiveStreams"/>; it is over when it is disposed.</summary>
internal sealed class LiveStream(LiveStreams owner, Guid organization, Caller? caller, CancellationTokenSource end) : IDisposable
{
    private readonly Lock _door = new();
    private ITimer? _timer;
    private bool _gone;

    /// <summary>Whose it is.</summary>
    public Guid Organization => organization;

    /// <summary>Who opened it; null for a public route.</summary>
    public Caller? Caller => caller;

    /// <summary>Ends it at a time.</summary>
    public void EndAt(DateTimeOffset at, TimeProvider clock)
    {
        var rest = at - clock.GetUtcNow();
        _timer = clock.CreateTimer(static stream => ((LiveStream)stream!).End(), this, rest > TimeSpan.Zero ? rest : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends it now.</summary>
    public void End()
    {
        // The source is disposed with its request.
        lock (_door)
        {
            if (!_gone)
                _ = end.CancelAsync();
        }
    }

    public void Dispose()
    {
        owner.Remove(this);
        _timer?.Dispose();
        lock (_door)
            _gone = true;
    }
}

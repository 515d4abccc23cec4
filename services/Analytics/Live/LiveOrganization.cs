namespace PromptPlatform.Analytics.Live;

/// <summary>The newest counters of an organisation that somebody watches.</summary>
internal sealed class LiveOrganization
{
    private readonly Lock _door = new();
    private LiveCounters _newest = LiveCounters.Unknown;
    private TaskCompletionSource _changed = New();

    /// <summary>Streams that watch it; guarded by who holds the list of organisations.</summary>
    public int Watchers { get; set; }

    /// <summary>Whether they have been read at all.</summary>
    public bool IsKnown
    {
        get
        {
            lock (_door)
                return !_newest.IsUnknown;
        }
    }

    /// <summary>Tells all who wait, unless nothing has changed.</summary>
    public void Publish(LiveCounters counters)
    {
        lock (_door)
        {
            if (counters == _newest)
                return;
            _newest = counters;
            _changed.SetResult();
            _changed = New();
        }
    }

    /// <summary>The newest counters once they are others than those seen; null when that takes longer than <paramref name="patience"/>.</summary>
    public async Task<LiveCounters?> NextAsync(LiveCounters seen, TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        Task changed;
        lock (_door)
        {
            if (_newest != seen)
                return _newest;
            changed = _changed.Task;
        }
        try
        {
            await changed.WaitAsync(patience, clock, cancellation);
        }
        catch (TimeoutException)
        {
            return null;
        }
        lock (_door)
            return _newest;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

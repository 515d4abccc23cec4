namespace PromptPlatform.Gateway.Upstreams;

/// <summary>What is remembered of one replica.</summary>
internal sealed class ReplicaRecord(TimeProvider clock)
{
    private int _ejections;
    private DateTimeOffset _backAt;
    private TimeSpan _last;

    /// <summary>How its requests ended.</summary>
    public OutcomeWindow Window { get; } = new(clock);

    /// <summary>Whether it came back from an ejection so recently that one more failure sends it away again.</summary>
    public bool OnProbation => _ejections > 0 && clock.GetUtcNow() < _backAt + _last;

    /// <summary>Counts an ejection and returns how long it lasts: twice the last one while that is recent.</summary>
    public TimeSpan Eject(TimeSpan first, TimeSpan longest)
    {
        _ejections = OnProbation ? _ejections + 1 : 1;
        _last = TimeSpan.FromTicks(Math.Min(longest.Ticks, first.Ticks << Math.Min(_ejections - 1, 20)));
        _backAt = clock.GetUtcNow() + _last;
        return _last;
    }
}

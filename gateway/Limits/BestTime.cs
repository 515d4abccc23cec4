namespace PromptPlatform.Gateway.Limits;

/// <summary>The shortest time in which a route has answered within the last one to two minutes.</summary>
internal sealed class BestTime(TimeProvider clock)
{
    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(1);
    private readonly Lock _door = new();
    private TimeSpan _now = TimeSpan.MaxValue;
    private TimeSpan _before = TimeSpan.MaxValue;
    private long _since = clock.GetTimestamp();

    /// <summary>Notes a time and returns the best one.</summary>
    public TimeSpan Note(TimeSpan time)
    {
        lock (_door)
        {
            if (clock.GetElapsedTime(_since) >= s_period)
                (_before, _now, _since) = (_now, TimeSpan.MaxValue, clock.GetTimestamp());
            _now = time < _now ? time : _now;
            return _now < _before ? _now : _before;
        }
    }
}

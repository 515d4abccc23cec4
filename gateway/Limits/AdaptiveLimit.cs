namespace PromptPlatform.Gateway.Limits;

/// <summary>
/// How many requests the services can work on at once, found by trying: the limit rises while it is reached and answers come as fast
/// as ever, and falls by a tenth when four of five within a window are slow. Not the average: a few requests that take long by
/// nature say nothing about load, while a queue slows down all.
/// </summary>
internal sealed class AdaptiveLimit(SheddingOptions options, TimeProvider clock)
{
    private const int LeastSamples = 20;
    private const double SlowShare = 0.8;
    private const double Fall = 0.9;
    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(100);
    private readonly Lock _door = new();
    private double _limit = Math.Clamp(options.InFlight, options.MinInFlight, Math.Max(options.MinInFlight, options.MaxInFlight));
    private long _since = clock.GetTimestamp();
    private int _samples;
    private int _slow;
    private bool _reached;

    /// <summary>Requests at once.</summary>
    public int Current => (int)Volatile.Read(ref _limit);

    /// <summary>Notes that a request had to wait.</summary>
    public void Reached() => Volatile.Write(ref _reached, true);

    /// <summary>Notes an answer.</summary>
    public void Answered(bool slow)
    {
        lock (_door)
        {
            _samples++;
            _slow += slow ? 1 : 0;
            if (_samples < LeastSamples || clock.GetElapsedTime(_since) < s_window)
                return;
            if (_slow >= SlowShare * _samples)
                _limit = Math.Max(options.MinInFlight, _limit * Fall);
            else if (_reached)
                _limit = Math.Min(Math.Max(options.MinInFlight, options.MaxInFlight), _limit + Math.Sqrt(_limit));
            (_samples, _slow, _reached, _since) = (0, 0, false, clock.GetTimestamp());
        }
    }
}

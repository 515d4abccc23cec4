namespace PromptPlatform.GrpcTransport;

/// <summary>How long a failing address is left out: from the first wait on, longer by the factor 1.6 after each failure, up to the longest.</summary>
internal sealed class Ejection(TimeSpan first, TimeSpan longest)
{
    private const double Growth = 1.6;

    // The machine's clock, as the handler's own time-outs: an injected clock that stands still must not stop the transport.
    private readonly TimeProvider clock = TimeProvider.System;

    public long Now => clock.GetTimestamp();

    public TimeSpan WaitAfter(int failures)
    {
        double wait = first.TotalMilliseconds * Math.Pow(Growth, Math.Min(failures, 50) - 1);
        return TimeSpan.FromMilliseconds(Math.Min(wait, longest.TotalMilliseconds));
    }

    public bool IsRunning(long since, int failures) => clock.GetElapsedTime(since) < WaitAfter(failures);
}

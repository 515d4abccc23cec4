using System.Diagnostics;

namespace PromptPlatform.Benchmarks.Transport;

/// <summary>One caller in a closed loop.</summary>
internal sealed class Caller(Func<Task> callAsync)
{
    // Made before the run and large enough for it, so that nothing but the calls allocates.
    private readonly double[] latencies = new double[1 << 16];
    private int calls;

    /// <summary>Microseconds of each call.</summary>
    public IEnumerable<double> Latencies => latencies.Take(calls);

    /// <summary>Calls until the time is over.</summary>
    public async Task LoopAsync(Stopwatch watch, TimeSpan length)
    {
        while (watch.Elapsed < length)
        {
            long start = Stopwatch.GetTimestamp();
            await callAsync();
            latencies[calls++] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
    }
}

using System.Globalization;

namespace PromptPlatform.Benchmarks.Engine;

/// <summary>Processor times and allocated bytes of one step.</summary>
internal sealed class Samples
{
    private readonly List<double> micros = [];
    private long bytes;

    /// <summary>Runs <paramref name="step"/> once and keeps what it took.</summary>
    public T Measure<T>(Func<T> step)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var begin = ThreadClock.Now();
        var result = step();
        micros.Add(ThreadClock.Now() - begin);
        bytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
        return result;
    }

    /// <summary>Forgets what was measured.</summary>
    public void Clear()
    {
        micros.Clear();
        bytes = 0;
    }

    /// <summary>Cells of a table: p50, p99, p99.9 in microseconds, KiB for each run.</summary>
    public string Row()
    {
        double[] sorted = [.. micros.Order()];
        double At(double share) => sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
        return string.Create(CultureInfo.InvariantCulture, $"{At(0.5):0.0} | {At(0.99):0.0} | {At(0.999):0.0} | {bytes / 1024.0 / sorted.Length:0.0}");
    }
}

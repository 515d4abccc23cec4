namespace PromptPlatform.Benchmarks.Transport;

/// <summary>What one run measured.</summary>
/// <param name="PerSecond">Requests answered per second.</param>
/// <param name="P50">Median latency in microseconds; NaN where it was not taken.</param>
/// <param name="P99">99th percentile in microseconds.</param>
/// <param name="Cpu">Processor time of the process in question, in microseconds per request.</param>
/// <param name="Allocated">Bytes allocated per request; NaN where it was not taken.</param>
internal sealed record Figures(double PerSecond, double P50, double P99, double Cpu, double Allocated = double.NaN)
{
    /// <summary>The median of each figure.</summary>
    public static Figures MedianOf(IReadOnlyList<Figures> runs) => new(
        Median(runs.Select(run => run.PerSecond)),
        Median(runs.Select(run => run.P50)),
        Median(runs.Select(run => run.P99)),
        Median(runs.Select(run => run.Cpu)),
        Median(runs.Select(run => run.Allocated)));

    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

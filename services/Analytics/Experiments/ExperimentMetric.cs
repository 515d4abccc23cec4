namespace PromptPlatform.Analytics.Experiments;

/// <summary>Something that an arm is judged by. Each is a sum over enhancements by the number of those of which it is known.</summary>
/// <param name="Name">In the public API and in the query.</param>
/// <param name="IsShare">Between 0 and 1, and each enhancement counts 0 or 1.</param>
/// <param name="HigherIsBetter">Else lower is.</param>
internal sealed record ExperimentMetric(string Name, bool IsShare, bool HigherIsBetter)
{
    /// <summary>Known of every enhancement, so its units are all who took part.</summary>
    public static readonly ExperimentMetric Degraded = new("degraded", IsShare: true, HigherIsBetter: false);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<ExperimentMetric> All =
    [
        new("rating_up", IsShare: true, HigherIsBetter: true),
        new("completed", IsShare: true, HigherIsBetter: true),
        new("failed", IsShare: true, HigherIsBetter: false),
        new("corrected", IsShare: true, HigherIsBetter: false),
        Degraded,
        new("latency_ms", IsShare: false, HigherIsBetter: false),
        new("cost_usd", IsShare: false, HigherIsBetter: false),
    ];

    /// <summary>The metric of a name; null when there is none.</summary>
    public static ExperimentMetric? Find(string name) => All.FirstOrDefault(m => m.Name == name);

    /// <summary>A difference turned so that above 0 is worse.</summary>
    public double Harm(double difference) => HigherIsBetter ? -difference : difference;
}

using PromptPlatform.Analytics.Calendar;

namespace PromptPlatform.Analytics.Funnels;

/// <summary>Counted attempts by the interval in which their first step happened, whenever the last one did.</summary>
internal sealed class FunnelTrend(TimeBuckets buckets)
{
    private readonly (long Entered, long Completed)[] _rows = new (long, long)[buckets.Count];

    /// <summary>Adds an attempt that began at a moment; one outside all intervals is not counted.</summary>
    public void Add(DateTimeOffset began, bool completed)
    {
        int row = buckets.IndexOf(began);
        if (row >= 0)
            _rows[row] = (_rows[row].Entered + 1, _rows[row].Completed + (completed ? 1 : 0));
    }

    /// <summary>One row per interval, those without attempts too.</summary>
    public IReadOnlyList<FunnelTrendRow> Rows() => [.. _rows.Select((row, i) => new FunnelTrendRow(buckets.Bounds[i], row.Entered, row.Completed))];
}

/// <summary>The attempts that began in one interval.</summary>
internal sealed record FunnelTrendRow(DateTimeOffset Start, long Entered, long Completed)
{
    /// <summary>The share that reached the last step, 0 to 1; 0 when nobody began.</summary>
    public double Rate => Entered == 0 ? 0 : (double)Completed / Entered;
}

using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Facts;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>A measure of one group in one interval, or, with a null interval, in all of them together; a group of null is all beyond the largest.</summary>
internal sealed record FactValue(string? Group, int? Interval, double Value);

/// <summary>Measures of enhancements over time.</summary>
internal static class FactSeries
{
    public static async Task<IReadOnlyList<FactValue>> ListAsync(
        TenantTransaction transaction, TimeBuckets buckets, IReadOnlyList<FactCondition> conditions, FactDimension? groupBy, FactMeasure measure, CancellationToken cancellation)
    {
        var values = new List<FactValue>();
        var source = new FactSource(transaction, buckets, conditions);
        string bounds = source.Parameter(buckets.Bounds.Select(b => b.UtcDateTime).ToArray());
        await using var command = source.Command(
            transaction,
            $"""
            {source.Grouped(groupBy)},
            timed AS (SELECT width_bucket(at, {bounds}::timestamptz[]) - 1 AS interval, facts.* FROM facts)
            SELECT grp, interval, coalesce({Aggregate(measure)}, 0)::float8 FROM timed f GROUP BY GROUPING SETS ((grp, interval), (grp))
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            values.Add(new FactValue(await reader.IsDBNullAsync(0, cancellation) ? null : reader.GetString(0), await reader.IsDBNullAsync(1, cancellation) ? null : reader.GetInt32(1), reader.GetDouble(2)));
        return values;
    }

    private static string Aggregate(FactMeasure measure) => measure switch
    {
        FactMeasure.Enhancements => "count(*)",
        FactMeasure.Degraded => "count(*) FILTER (WHERE f.degraded)",
        FactMeasure.Changed => "count(*) FILTER (WHERE f.changed)",
        FactMeasure.TokensBefore => "sum(f.tokens_before)",
        FactMeasure.TokensAfter => "sum(f.tokens_after)",
        FactMeasure.CostUsd => "sum(f.cost_usd)",
        FactMeasure.Actors => "count(DISTINCT nullif(f.actor, ''))",
        FactMeasure.MeanTotalMs => "avg(f.total_ms)",
        FactMeasure.SuccessRate => "avg(f.succeeded::int)",
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "is no measure"),
    };
}

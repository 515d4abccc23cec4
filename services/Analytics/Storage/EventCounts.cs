using PromptPlatform.Analytics.Calendar;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Events of one group in one interval; a group of null is all beyond the largest.</summary>
internal sealed record EventCount(string? Group, int Interval, double Events);

/// <summary>Counts of events over time.</summary>
internal static class EventCounts
{
    private const int MaxGroups = 50;

    // Intervals of every time zone in use begin at a quarter of an hour, so the kept counts are exact for them.
    private const string FromQuarters =
        """
        SELECT CASE WHEN $6 = '' THEN '' ELSE name END AS grp, width_bucket(quarter, $4::timestamptz[]) - 1 AS interval, sum(events) AS n
        FROM event_quarters WHERE org_id = $1 AND quarter >= $2 AND quarter < $3 AND ($5 = '' OR name = $5) GROUP BY 1, 2
        """;

    private const string FromEvents =
        """
        SELECT coalesce(properties ->> $6, '') AS grp, width_bucket(at, $4::timestamptz[]) - 1 AS interval, count(*) AS n
        FROM events WHERE org_id = $1 AND at >= $2 AND at < $3 AND ($5 = '' OR name = $5) GROUP BY 1, 2
        """;

    public static async Task<IReadOnlyList<EventCount>> ListAsync(TenantTransaction transaction, TimeBuckets buckets, string name, string groupBy, CancellationToken cancellation)
    {
        var counts = new List<EventCount>();
        var bounds = buckets.Bounds.Select(b => b.UtcDateTime).ToArray();
        await using var command = transaction.Command(
            $"""
            WITH counted AS MATERIALIZED ({(groupBy is "" or "name" ? FromQuarters : FromEvents)}),
            largest AS (SELECT grp FROM counted GROUP BY grp ORDER BY sum(n) DESC, grp LIMIT {MaxGroups})
            SELECT largest.grp, interval, sum(n)::float8 FROM counted LEFT JOIN largest USING (grp) GROUP BY 1, 2
            """,
            transaction.OrgId, bounds[0], bounds[^1], bounds, name, groupBy);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            counts.Add(new EventCount(await reader.IsDBNullAsync(0, cancellation) ? null : reader.GetString(0), reader.GetInt32(1), reader.GetDouble(2)));
        return counts;
    }
}

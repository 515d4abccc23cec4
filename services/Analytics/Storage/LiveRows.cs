using PromptPlatform.Analytics.Live;
using PromptPlatform.Analytics.Usage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>The counters of one day, from the sums that the consumers keep.</summary>
internal static class LiveRows
{
    public static async Task<LiveCounters> ReadAsync(TenantTransaction transaction, DateOnly day, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            """
            SELECT coalesce(enhancements, 0), coalesce(degraded, 0), coalesce(tokens_before, 0), coalesce(tokens_after, 0), coalesce(total_ms / nullif(enhancements, 0), 0),
                coalesce(feedback_up, 0), coalesce(feedback_down, 0),
                (SELECT coalesce(sum(events), 0)::bigint FROM event_quarters
                 WHERE org_id = $1 AND quarter >= $2::timestamp AT TIME ZONE 'UTC' AND quarter < $3::timestamp AT TIME ZONE 'UTC')
            FROM (SELECT $2::date AS day) AS today LEFT JOIN usage_days u ON u.org_id = $1 AND u.day = today.day
            """,
            transaction.OrgId, day, day.AddDays(1));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new LiveCounters(
            UsageDays.Write(day), reader.GetInt32(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetDouble(4), reader.GetInt32(5), reader.GetInt32(6), reader.GetInt64(7));
    }
}

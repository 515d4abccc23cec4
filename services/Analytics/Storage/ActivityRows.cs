using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Retention;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Who was active when, from table events.</summary>
internal static class ActivityRows
{
    /// <summary>Actors by the intervals in which they had the two events; an empty name stands for any event.</summary>
    public static async Task<IReadOnlyList<ActivityMask>> ListAsync(TenantTransaction transaction, TimeBuckets buckets, string began, string returned, CancellationToken cancellation)
    {
        var masks = new List<ActivityMask>();
        var bounds = buckets.Bounds.Select(b => b.UtcDateTime).ToArray();
        await using var command = transaction.Command(
            """
            SELECT began, returned, count(*) FROM (
                SELECT coalesce(bit_or(bit) FILTER (WHERE $5 = '' OR name = $5), 0) AS began, coalesce(bit_or(bit) FILTER (WHERE $6 = '' OR name = $6), 0) AS returned
                FROM (
                    SELECT actor_key, name, 1::bigint << (width_bucket(at, $4::timestamptz[]) - 1) AS bit FROM events
                    WHERE org_id = $1 AND at >= $2 AND at < $3 AND actor_key IS NOT NULL AND ($5 = '' OR $6 = '' OR name IN ($5, $6))) AS e
                GROUP BY actor_key) AS actors
            GROUP BY 1, 2
            """,
            transaction.OrgId, bounds[0], bounds[^1], bounds, began, returned);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            masks.Add(new ActivityMask((ulong)reader.GetInt64(0), (ulong)reader.GetInt64(1), reader.GetInt64(2)));
        return masks;
    }
}

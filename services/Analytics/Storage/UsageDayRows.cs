using Npgsql;
using PromptPlatform.Analytics.Usage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Rows of table usage_days.</summary>
internal static class UsageDayRows
{
    /// <summary>Adds one enhancement to a day.</summary>
    public static void Add(NpgsqlBatch batch, DateOnly day, PromptEnhanced happened) =>
        batch.Add(
            """
            INSERT INTO usage_days AS d (org_id, day, enhancements, degraded, tokens_before, tokens_after, total_ms) VALUES ($1, $2, 1, $3, $4, $5, $6)
            ON CONFLICT (org_id, day) DO UPDATE SET
                enhancements = d.enhancements + 1, degraded = d.degraded + excluded.degraded, tokens_before = d.tokens_before + excluded.tokens_before,
                tokens_after = d.tokens_after + excluded.tokens_after, total_ms = d.total_ms + excluded.total_ms
            """,
            happened.OrgId, day, happened.Degraded ? 1 : 0, (long)happened.TokensBefore, (long)happened.TokensAfter, happened.TotalMs);

    /// <summary>Adds to the feedback of days.</summary>
    public static async Task AddAsync(TenantTransaction transaction, IReadOnlyList<RatingChange> changes, CancellationToken cancellation)
    {
        await using var batch = transaction.Batch();
        foreach (var change in changes)
        {
            batch.Add(
                """
                INSERT INTO usage_days AS d (org_id, day, feedback_up, feedback_down) VALUES ($1, $2, $3, $4)
                ON CONFLICT (org_id, day) DO UPDATE SET feedback_up = d.feedback_up + excluded.feedback_up, feedback_down = d.feedback_down + excluded.feedback_down
                """,
                transaction.OrgId, change.Day, change.Up, change.Down);
        }
        if (changes.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The figures of every day of the range, in order.</summary>
    public static async Task<IReadOnlyList<UsageDay>> ListAsync(TenantTransaction transaction, UsageDays range, CancellationToken cancellation)
    {
        var days = new List<UsageDay>();
        await using var command = transaction.Command(
            """
            SELECT g.day::date, coalesce(enhancements, 0), coalesce(degraded, 0), coalesce(tokens_before, 0), coalesce(tokens_after, 0),
                coalesce(total_ms / nullif(enhancements, 0), 0), coalesce(feedback_up, 0), coalesce(feedback_down, 0)
            FROM generate_series($2::timestamp, $3::timestamp, interval '1 day') AS g (day)
            LEFT JOIN usage_days u ON u.org_id = $1 AND u.day = g.day::date
            ORDER BY 1
            """,
            transaction.OrgId, range.From, range.To);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            days.Add(new UsageDay
            {
                Day = UsageDays.Write(reader.GetFieldValue<DateOnly>(0)),
                Enhancements = reader.GetInt32(1),
                Degraded = reader.GetInt32(2),
                TokensBefore = reader.GetInt64(3),
                TokensAfter = reader.GetInt64(4),
                MeanTotalMs = reader.GetDouble(5),
                FeedbackUp = reader.GetInt32(6),
                FeedbackDown = reader.GetInt32(7),
            });
        }
        return days;
    }
}

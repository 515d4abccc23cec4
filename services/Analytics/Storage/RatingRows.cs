using PromptPlatform.Analytics.Usage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Rows of table ratings.</summary>
internal static class RatingRows
{
    /// <summary>The rating of an enhancement, held until the transaction ends; null when there is none yet.</summary>
    public static async Task<Rating?> LockAsync(TenantTransaction transaction, Guid enhancementId, CancellationToken cancellation)
    {
        // A row that is not there cannot be locked, so the enhancement's id is: two first ratings at once would both see none.
        await using (var door = transaction.Command("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", enhancementId.ToString()))
            await door.ExecuteNonQueryAsync(cancellation);
        await using var command = transaction.Command(
            "SELECT rating, rated_at, event_id FROM ratings WHERE org_id = $1 AND enhancement_id = $2", transaction.OrgId, enhancementId);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Rating(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetGuid(2))
            : null;
    }

    /// <summary>Writes the rating that counts from now on.</summary>
    public static async Task SetAsync(TenantTransaction transaction, Guid enhancementId, Rating rating, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            """
            INSERT INTO ratings (org_id, enhancement_id, rating, rated_at, event_id) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (org_id, enhancement_id) DO UPDATE SET rating = excluded.rating, rated_at = excluded.rated_at, event_id = excluded.event_id
            """,
            transaction.OrgId, enhancementId, rating.Value, rating.At, rating.EventId);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

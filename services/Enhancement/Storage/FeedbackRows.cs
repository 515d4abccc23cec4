using Npgsql;
using PromptPlatform.Enhancement.Feedback;
using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Enhancement.Storage;

/// <summary>Rows of table feedback: one per enhancement, edited in place; revision guards against two edits at once.</summary>
internal static class FeedbackRows
{
    public const string CorrectedTextPlace = "feedback.corrected_text";
    public const string CommentPlace = "feedback.comment";

    public static async Task<FeedbackRow?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            """
            SELECT revision, rating, stars, chosen_variation, outcome, corrected_text, comment, created_at, updated_at
            FROM feedback WHERE org_id = $1 AND enhancement_id = $2
            """,
            transaction.OrgId, id);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(id, reader) : null;
    }

    /// <summary>Adds the row and its news. One statement, so that neither is written when another request has changed the row meanwhile: it then touches no row.</summary>
    public static void Save(NpgsqlBatch batch, Guid orgId, FeedbackRow row, FeedbackSubmitted news)
    {
        batch.Add(
            """
            WITH saved AS (
                INSERT INTO feedback (org_id, enhancement_id, revision, rating, stars, chosen_variation, outcome, corrected_text, comment, created_at, updated_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                ON CONFLICT (org_id, enhancement_id) DO UPDATE SET revision = excluded.revision, rating = excluded.rating, stars = excluded.stars,
                    chosen_variation = excluded.chosen_variation, outcome = excluded.outcome, corrected_text = excluded.corrected_text,
                    comment = excluded.comment, updated_at = excluded.updated_at
                WHERE feedback.revision = excluded.revision - 1
                RETURNING 1)
            INSERT INTO outbox (event_id, org_id, type, payload, created_at) SELECT $12, $1, $13, $14, $11 FROM saved
            """,
            orgId, row.EnhancementId, row.Revision, row.Rating, row.Stars, row.ChosenVariation, row.Outcome, row.CorrectedText, row.Comment, row.CreatedAt, row.UpdatedAt,
            news.EventId, Messaging.EventTypes.NameOf(news.GetType()), new Jsonb(Messaging.EventTypes.Write(news)));
    }

    private static FeedbackRow Read(Guid id, NpgsqlDataReader reader) => new(
        id,
        reader.GetInt32(0),
        reader.GetString(1),
        reader.IsDBNull(2) ? null : reader.GetInt32(2),
        reader.GetString(3),
        reader.GetString(4),
        reader.IsDBNull(5) ? null : reader.GetFieldValue<byte[]>(5),
        reader.IsDBNull(6) ? null : reader.GetFieldValue<byte[]>(6),
        reader.GetFieldValue<DateTimeOffset>(7),
        reader.GetFieldValue<DateTimeOffset>(8));
}

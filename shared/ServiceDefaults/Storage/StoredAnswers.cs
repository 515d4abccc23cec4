using Npgsql;

namespace PromptPlatform.ServiceDefaults.Storage;

/// <summary>Erasure of answers kept for idempotent replay.</summary>
public static class StoredAnswers
{
    /// <summary>Erases the stored answers about the row <paramref name="subject"/>, in the transaction that deletes the row; the keys stay, so that a replay does not run again.</summary>
    public static void EraseAnswersOf(this NpgsqlBatch batch, Guid orgId, Guid subject) =>
        batch.Add("UPDATE idempotency_keys SET answer = NULL WHERE org_id = $1 AND subject = $2", orgId, subject);
}

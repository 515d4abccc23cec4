using Npgsql;

namespace PromptPlatform.ServiceDefaults.Storage;

/// <summary>Erasure of answers kept for idempotent replay.</summary>
public static class StoredAnswers
{
    /// <summary>Erases the stored answers about the row <paramref name="subject"/>, in the transaction that deletes the row.</summary>
    public static void EraseAnswersOf(this NpgsqlBatch batch, Guid orgId, Guid subject) => IdempotencyRow.EraseAnswersOf(batch, orgId, subject);
}

using Npgsql;
using PromptPlatform.Auth.Revocations;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Auth.Storage;

/// <summary>Rows of table revocations.</summary>
internal static class RevocationRows
{
    // Any constant. Numbers are handed out under this lock, which ends with the commit: whoever has seen number n has
    // seen every number before it. Without it a later number could become visible first and a reader would skip one.
    private const long OrderLock = 0x50_50_72_65_76;

    /// <summary>Waits for the turn to hand out numbers, which lasts until the commit.</summary>
    public static void Lock(NpgsqlBatch batch) => batch.Add("SELECT pg_advisory_xact_lock($1)", OrderLock);

    public static void Insert(NpgsqlBatch batch, Guid orgId, string kind, string id, DateTimeOffset now)
    {
        Lock(batch);
        batch.Add("INSERT INTO revocations (org_id, kind, id, revoked_at) VALUES ($1, $2, $3, $4)", orgId, kind, id, now);
    }

    /// <summary>Revocations after a number and a time, in order; the transaction's purpose is revocations.</summary>
    public static async Task<IReadOnlyList<RevocationEntry>> ReadAfterAsync(TenantTransaction transaction, long after, DateTimeOffset since, int limit, CancellationToken cancellation)
    {
        var entries = new List<RevocationEntry>();
        await using var command = transaction.Command(
            "SELECT sequence, kind, id, revoked_at FROM revocations WHERE sequence > $1 AND revoked_at > $2 ORDER BY sequence LIMIT $3", after, since, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            entries.Add(new RevocationEntry(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)));
        return entries;
    }

    /// <summary>The newest number; 0 when there is none.</summary>
    public static async Task<long> LastAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command("SELECT coalesce(max(sequence), 0) FROM revocations");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public static async Task DeleteBeforeAsync(TenantTransaction transaction, DateTimeOffset before, CancellationToken cancellation)
    {
        await using var command = transaction.Command("DELETE FROM revocations WHERE sequence IN (SELECT sequence FROM revocations WHERE revoked_at < $1 LIMIT 50000)", before);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

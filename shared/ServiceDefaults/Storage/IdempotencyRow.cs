using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace PromptPlatform.ServiceDefaults.Storage;

/// <summary>A stored answer of table idempotency_keys.</summary>
/// <param name="Fingerprint">Keyed hash of method and body.</param>
/// <param name="Answer">The encrypted answer; null once erased.</param>
internal sealed record StoredAnswer(byte[] Fingerprint, byte[]? Answer);

/// <summary>One row of table idempotency_keys by its key: organisation, principal and the caller's key.</summary>
internal sealed class IdempotencyRow(Guid orgId, string principal, string key)
{
    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{orgId:N}\n{principal}\n{key}"));

    public Guid OrgId => orgId;

    public string Key => key;

    /// <summary>An id of the row, derived from its key; binds the encrypted answer to it.</summary>
    public Guid RowId => new(_hash.AsSpan(0, 16));

    /// <summary>Locks the key until the transaction ends, however it ends; false when another request holds it.</summary>
    public async Task<bool> TryLockAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command("SELECT pg_try_advisory_xact_lock($1)", BinaryPrimitives.ReadInt64LittleEndian(_hash.AsSpan(16)));
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public async Task<StoredAnswer?> FindAsync(TenantTransaction transaction, DateTimeOffset notBefore, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "SELECT fingerprint, answer FROM idempotency_keys WHERE org_id = $1 AND principal = $2 AND key = $3 AND created_at >= $4",
            orgId, principal, key, notBefore);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        byte[]? answer = await reader.IsDBNullAsync(1, cancellation) ? null : reader.GetFieldValue<byte[]>(1);
        return new StoredAnswer(reader.GetFieldValue<byte[]>(0), answer);
    }

    /// <summary>Adds the row; a row that its retention has passed is replaced.</summary>
    public void Insert(NpgsqlBatch batch, byte[] fingerprint, byte[] answer, Guid? subject, DateTimeOffset now) => batch.Add(
        """
        INSERT INTO idempotency_keys (org_id, principal, key, fingerprint, answer, subject, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (org_id, principal, key) DO UPDATE
        SET fingerprint = excluded.fingerprint, answer = excluded.answer, subject = excluded.subject, created_at = excluded.created_at
        """,
        orgId, principal, key, fingerprint, answer, subject, now);
}

using PromptPlatform.Auth.SigningKeys;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Auth.Storage;

/// <summary>A row of table signing_keys.</summary>
internal sealed record SigningKeyRow(Guid KeyId, byte[] Sealed, DateTimeOffset ActiveFrom);

/// <summary>Rows of table signing_keys; the transaction's purpose is signing.</summary>
internal static class SigningKeyRows
{
    // Any constant that no other lock of this database has.
    private const long MakeLock = 0x50_50_73_69_67;

    public static async Task LockAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command("SELECT pg_advisory_xact_lock($1)", MakeLock);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<IReadOnlyList<SigningKeyRow>> ReadAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        var rows = new List<SigningKeyRow>();
        await using var command = transaction.Command("SELECT key_id, sealed, active_from FROM signing_keys ORDER BY active_from, key_id");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            rows.Add(new SigningKeyRow(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return rows;
    }

    public static async Task InsertAsync(TenantTransaction transaction, SigningKey key, byte[] sealedKey, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "INSERT INTO signing_keys (key_id, sealed, created_at, active_from) VALUES ($1, $2, $3, $4)", key.KeyId, sealedKey, now, key.ActiveFrom);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task DeleteAsync(TenantTransaction transaction, Guid keyId, CancellationToken cancellation)
    {
        await using var command = transaction.Command("DELETE FROM signing_keys WHERE key_id = $1", keyId);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

using Npgsql;
using PromptPlatform.Auth.ApiKeys;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Auth.Storage;

/// <summary>Rows of table api_keys.</summary>
internal static class ApiKeyRows
{
    private const string Columns = "key_id, org_id, name, prefix, last_four, scopes, created_at, expires_at, revoked_at, last_used_at";

    public static void Insert(NpgsqlBatch batch, ApiKey key, byte[] secretHash) => batch.Add(
        "INSERT INTO api_keys (key_id, org_id, name, prefix, last_four, secret_sha256, scopes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        key.KeyId, key.OrgId, key.Name, key.Prefix, key.LastFour, secretHash, key.Scopes, key.CreatedAt, key.ExpiresAt);

    public static async Task<IReadOnlyList<ApiKey>> ListAsync(TenantTransaction transaction, Guid? before, int limit, CancellationToken cancellation)
    {
        var keys = new List<ApiKey>();
        await using var command = transaction.Command(
            $"SELECT {Columns} FROM api_keys WHERE org_id = $1 AND ($2::uuid IS NULL OR key_id < $2::uuid) ORDER BY key_id DESC LIMIT $3",
            transaction.OrgId, before, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            keys.Add(Read(reader));
        return keys;
    }

    public static async Task<ApiKey?> FindForUpdateAsync(TenantTransaction transaction, Guid keyId, CancellationToken cancellation)
    {
        await using var command = transaction.Command($"SELECT {Columns} FROM api_keys WHERE org_id = $1 AND key_id = $2 FOR UPDATE", transaction.OrgId, keyId);
        return await ReadOneAsync(command, cancellation);
    }

    /// <summary>The key whose secret has this hash, of whatever organisation; the transaction's purpose is key-lookup.</summary>
    public static async Task<ApiKey?> FindByHashAsync(TenantTransaction transaction, byte[] secretHash, CancellationToken cancellation)
    {
        await using var batch = transaction.Batch();
        batch.Add("SELECT set_config('app.key_sha256', $1, true)", Convert.ToHexString(secretHash));
        batch.Add($"SELECT {Columns} FROM api_keys WHERE secret_sha256 = $1", secretHash);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    public static void MarkRevoked(NpgsqlBatch batch, ApiKey key) =>
        batch.Add("UPDATE api_keys SET revoked_at = $3 WHERE org_id = $1 AND key_id = $2", key.OrgId, key.KeyId, key.RevokedAt);

    /// <summary>Revokes every key of the organisation, with the news of each.</summary>
    public static void RevokeAll(NpgsqlBatch batch, Guid orgId, DateTimeOffset now)
    {
        RevocationRows.Lock(batch);
        batch.Add(
            """
            WITH gone AS (UPDATE api_keys SET revoked_at = $2 WHERE org_id = $1 AND revoked_at IS NULL RETURNING key_id)
            INSERT INTO revocations (org_id, kind, id, revoked_at) SELECT $1, 'key', 'key_' || replace(key_id::text, '-', ''), $2 FROM gone ORDER BY key_id
            """,
            orgId, now);
    }

    /// <summary>Notes a use; the one note of a minute wins, however many come at once.</summary>
    public static void MarkUsed(NpgsqlBatch batch, ApiKey key, DateTimeOffset now) => batch.Add(
        "UPDATE api_keys SET last_used_at = $3 WHERE org_id = $1 AND key_id = $2 AND last_used_at IS NOT DISTINCT FROM $4::timestamptz",
        key.OrgId, key.KeyId, now, key.LastUsedAt);

    private static async Task<ApiKey?> ReadOneAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    private static ApiKey Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetFieldValue<string[]>(5),
        row.GetFieldValue<DateTimeOffset>(6), ReadTime(row, 7), ReadTime(row, 8), ReadTime(row, 9));

    private static DateTimeOffset? ReadTime(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}

namespace PromptPlatform.ServiceDefaults.Storage;

/// <summary>Rows of table data_keys.</summary>
internal static class DataKeyRows
{
    public static Task<(Guid KeyId, byte[] Wrapped)?> FindCurrentAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        ReadAsync(transaction, "SELECT key_id, wrapped FROM data_keys WHERE org_id = $1 AND retired_at IS NULL", [transaction.OrgId], cancellation);

    public static Task<(Guid KeyId, byte[] Wrapped)?> FindAsync(TenantTransaction transaction, Guid keyId, CancellationToken cancellation) =>
        ReadAsync(transaction, "SELECT key_id, wrapped FROM data_keys WHERE org_id = $1 AND key_id = $2", [transaction.OrgId, keyId], cancellation);

    public static async Task InsertAsync(TenantTransaction transaction, Guid keyId, byte[] wrapped, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "INSERT INTO data_keys (key_id, org_id, wrapped, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            keyId, transaction.OrgId, wrapped, now);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<IReadOnlyList<Guid>> DeleteAllAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        var erased = new List<Guid>();
        await using var command = transaction.Command("DELETE FROM data_keys WHERE org_id = $1 RETURNING key_id", transaction.OrgId);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            erased.Add(reader.GetGuid(0));
        return erased;
    }

    private static async Task<(Guid KeyId, byte[] Wrapped)?> ReadAsync(TenantTransaction transaction, string sql, object[] parameters, CancellationToken cancellation)
    {
        await using var command = transaction.Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetGuid(0), reader.GetFieldValue<byte[]>(1)) : null;
    }
}

using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging.Storage;

/// <summary>Rows of table erased_subjects.</summary>
internal static class ErasedSubjectRows
{
    public static async Task AddAsync(TenantTransaction transaction, byte[] subject, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "INSERT INTO erased_subjects (org_id, subject, erased_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", transaction.OrgId, subject, at);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<IReadOnlyList<byte[]>> AmongAsync(TenantTransaction transaction, byte[][] subjects, CancellationToken cancellation)
    {
        var found = new List<byte[]>();
        await using var command = transaction.Command("SELECT subject FROM erased_subjects WHERE org_id = $1 AND subject = ANY($2)", transaction.OrgId, subjects);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            found.Add(row.GetFieldValue<byte[]>(0));
        return found;
    }
}

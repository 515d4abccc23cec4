using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Rows of table event_retention: one per organisation that has chosen.</summary>
internal static class RetentionRows
{
    /// <summary>The days that the organisation chose; null when it did not.</summary>
    public static async Task<int?> FindAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command("SELECT days FROM event_retention WHERE org_id = $1", transaction.OrgId);
        return await command.ExecuteScalarAsync(cancellation) as int?;
    }

    public static async Task SetAsync(TenantTransaction transaction, int days, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "INSERT INTO event_retention (org_id, days) VALUES ($1, $2) ON CONFLICT (org_id) DO UPDATE SET days = excluded.days", transaction.OrgId, days);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task DeleteAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command("DELETE FROM event_retention WHERE org_id = $1", transaction.OrgId);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

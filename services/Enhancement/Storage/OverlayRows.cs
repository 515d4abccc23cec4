using Npgsql;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Enhancement.Storage;

/// <summary>One change of an organisation's policy.</summary>
/// <param name="Revision">1 and up.</param>
/// <param name="Overlay">As JSON of the contract; null: it was taken back.</param>
/// <param name="PolicyVersion">Of what was then in force.</param>
/// <param name="Author">The API key.</param>
internal sealed record OverlayRow(int Revision, string? Overlay, string PolicyVersion, string Author, DateTimeOffset CreatedAt);

/// <summary>Rows of table policy_overlays: added, never changed; the newest counts.</summary>
internal static class OverlayRows
{
    // More than anybody goes back; a bound for those who write all day.
    private const int Kept = 50;

    /// <summary>Newest first; none when nothing was ever changed.</summary>
    public static async Task<IReadOnlyList<OverlayRow>> ListAsync(TenantTransaction transaction, int limit, CancellationToken cancellation)
    {
        var rows = new List<OverlayRow>(limit);
        await using var command = transaction.Command(
            "SELECT revision, overlay, policy_version, author, created_at FROM policy_overlays WHERE org_id = $1 ORDER BY revision DESC LIMIT $2", transaction.OrgId, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            rows.Add(new(reader.GetInt32(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)));
        return rows;
    }

    /// <summary>Adds a change and forgets the oldest ones; false when another request has added that revision meanwhile.</summary>
    public static async Task<bool> TryAddAsync(TenantTransaction transaction, OverlayRow row, CancellationToken cancellation)
    {
        await using var batch = transaction.Batch();
        batch.Add(
            "INSERT INTO policy_overlays (org_id, revision, overlay, policy_version, author, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            transaction.OrgId, row.Revision, row.Overlay is null ? null : new Jsonb(row.Overlay), row.PolicyVersion, row.Author, row.CreatedAt);
        batch.Add("DELETE FROM policy_overlays WHERE org_id = $1 AND revision <= $2", transaction.OrgId, row.Revision - Kept);
        await batch.ExecuteNonQueryAsync(cancellation);
        return batch.BatchCommands[0].RecordsAffected == 1;
    }
}

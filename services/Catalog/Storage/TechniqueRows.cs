using System.Text.Json;
using PromptPlatform.Catalog.Techniques;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Catalog.Storage;

/// <summary>Rows of table techniques that are in use.</summary>
internal static class TechniqueRows
{
    /// <summary>The technique with an id; the organisation's own before a public one.</summary>
    public static async Task<Technique?> FindAsync(TenantTransaction transaction, string id, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "SELECT content::text FROM techniques WHERE id = $1 AND (org_id IS NULL OR org_id = $2) AND retired_at IS NULL ORDER BY org_id NULLS LAST LIMIT 1",
            id, transaction.OrgId);
        return await command.ExecuteScalarAsync(cancellation) is string json ? Read(json) : null;
    }

    /// <summary>All public techniques in order of their ids.</summary>
    public static async Task<IReadOnlyList<Technique>> ListPublicAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        var techniques = new List<Technique>();
        await using var command = transaction.Command("SELECT content::text FROM techniques WHERE org_id IS NULL AND retired_at IS NULL ORDER BY id LIMIT 10000");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            techniques.Add(Read(reader.GetString(0)));
        return techniques;
    }

    /// <summary>How often techniques have changed.</summary>
    public static async Task<long> CountChangesAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command("SELECT count FROM catalog_changes");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Reads column content.</summary>
    public static Technique Read(string json) => JsonSerializer.Deserialize<Technique>(json, JsonSerializerOptions.Web)!;
}

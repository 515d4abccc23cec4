using PromptPlatform.Inference.Registry;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Inference.Storage;

/// <summary>Rows of table model_changes.</summary>
internal static class ModelChangeRows
{
    public static async Task InsertAsync(TenantTransaction transaction, ModelChange change, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "INSERT INTO model_changes (version, from_stage, to_stage, actor, reason, changed_at) VALUES ($1, $2, $3, $4, $5, $6)",
            change.Version, change.From?.NameOf(), change.To.NameOf(), change.Actor, change.Reason, change.At);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The newest changes of a version, oldest first.</summary>
    public static async Task<IReadOnlyList<ModelChange>> ListAsync(TenantTransaction transaction, string version, int limit, CancellationToken cancellation)
    {
        List<ModelChange> changes = [];
        await using var command = transaction.Command(
            "SELECT version, from_stage, to_stage, actor, reason, changed_at FROM model_changes WHERE version = $1 ORDER BY change_id DESC LIMIT $2", version, limit);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            ModelStage? from = await row.IsDBNullAsync(1, cancellation) ? null : ModelStages.Read(row.GetString(1));
            changes.Add(new(row.GetString(0), from, ModelStages.Read(row.GetString(2)), row.GetString(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5)));
        }

        changes.Reverse();
        return changes;
    }

    /// <summary>Who put a version into production last.</summary>
    public static async Task<string?> FindPromoterAsync(TenantTransaction transaction, string version, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "SELECT actor FROM model_changes WHERE to_stage = 'production' AND version = $1 ORDER BY change_id DESC LIMIT 1", version);
        return await command.ExecuteScalarAsync(cancellation) as string;
    }
}

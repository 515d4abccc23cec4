using System.Text.Json;
using Npgsql;
using PromptPlatform.Inference.Registry;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Inference.Storage;

/// <summary>Rows of table models.</summary>
internal static class ModelRows
{
    /// <summary>The purpose of a platform transaction on the registry.</summary>
    public const string Purpose = "models";

    private const string Columns = "version, stage, revision, predecessor, files::text, metrics::text, lineage::text, registered_by, registered_at, staged_at";

    /// <summary>Adds a version; false when it is there already.</summary>
    public static async Task<bool> InsertAsync(TenantTransaction transaction, RegisteredModel model, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            """
            INSERT INTO models (version, stage, revision, files, metrics, lineage, registered_by, registered_at, staged_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (version) DO NOTHING
            """,
            model.Version, model.Stage.NameOf(), model.Revision, Json(model.Files), Json(model.Metrics), Json(model.Lineage),
            model.RegisteredBy, model.RegisteredAt, model.StagedAt);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>Writes stage and predecessor of a version; false when it has changed since it was read.</summary>
    public static async Task<bool> UpdateAsync(TenantTransaction transaction, RegisteredModel changed, long readRevision, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "UPDATE models SET stage = $3, revision = $4, predecessor = $5, staged_at = $6 WHERE version = $1 AND revision = $2",
            changed.Version, readRevision, changed.Stage.NameOf(), changed.Revision, changed.Predecessor, changed.StagedAt);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    public static async Task<RegisteredModel?> FindAsync(TenantTransaction transaction, string version, CancellationToken cancellation)
    {
        await using var command = transaction.Command($"SELECT {Columns} FROM models WHERE version = $1", version);
        return (await ReadAsync(command, cancellation)).FirstOrDefault();
    }

    /// <summary>The version in production; null when none is.</summary>
    public static async Task<RegisteredModel?> FindServingAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        await ListInAsync(transaction, [ModelStage.Production], 1, cancellation) is [var serving, ..] ? serving : null;

    /// <summary>The versions of some stages, the one in production first; at most <paramref name="limit"/>.</summary>
    public static async Task<IReadOnlyList<RegisteredModel>> ListInAsync(TenantTransaction transaction, IEnumerable<ModelStage> stages, int limit, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            $"SELECT {Columns} FROM models WHERE stage = ANY($1) ORDER BY stage = 'production' DESC, staged_at DESC, version LIMIT $2", stages.Select(stage => stage.NameOf()).ToArray(), limit);
        return await ReadAsync(command, cancellation);
    }

    /// <summary>Newest first, those registered before a version of the page before.</summary>
    public static async Task<IReadOnlyList<RegisteredModel>> ListAsync(TenantTransaction transaction, string? after, int limit, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            $"""
            SELECT {Columns} FROM models
            WHERE $1::text IS NULL OR (registered_at, version) < (SELECT registered_at, version FROM models WHERE version = $1)
            ORDER BY registered_at DESC, version DESC LIMIT $2
            """,
            after, limit);
        return await ReadAsync(command, cancellation);
    }

    private static async Task<List<RegisteredModel>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        List<RegisteredModel> models = [];
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            models.Add(new(
                row.GetString(0), ModelStages.Read(row.GetString(1)), row.GetInt64(2), await row.IsDBNullAsync(3, cancellation) ? null : row.GetString(3),
                Read<RegisteredFile[]>(row.GetString(4)), Read<Dictionary<string, double>>(row.GetString(5)), Read<Lineage>(row.GetString(6)),
                row.GetString(7), row.GetFieldValue<DateTimeOffset>(8), row.GetFieldValue<DateTimeOffset>(9)));
        }

        return models;
    }

    private static Jsonb Json<T>(T value) => new(JsonSerializer.Serialize(value, JsonSerializerOptions.Web));

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web)!;
}

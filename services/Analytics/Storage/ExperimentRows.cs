using System.Text.Json;
using Google.Protobuf;
using Npgsql;
using PromptPlatform.Analytics.Experiments;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Rows of table experiments.</summary>
internal static class ExperimentRows
{
    /// <summary>The platform's purpose that lets running experiments of all organisations be read.</summary>
    public const string Purpose = "experiments";

    /// <summary>What <see cref="Read"/> reads, in this order.</summary>
    public const string Columns = "experiment_id, revision, state, definition, slots, stopped_arms, created_at, created_by, started_at, stopped_at, stop_reason";
    private static readonly JsonParser s_parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>Waits until nobody else changes what the organisation's experiments hold of their layers, and keeps others waiting until the transaction ends.</summary>
    public static async Task LockLayersAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", $"experiment layers {transaction.OrgId:N}");
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<StoredExperiment?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
    {
        await using var command = transaction.Command($"SELECT {Columns} FROM experiments WHERE org_id = $1 AND experiment_id = $2", transaction.OrgId, id);
        return (await ReadAsync(command, cancellation)).FirstOrDefault();
    }

    public static async Task<StoredExperiment?> FindByKeyAsync(TenantTransaction transaction, string key, CancellationToken cancellation)
    {
        await using var command = transaction.Command($"SELECT {Columns} FROM experiments WHERE org_id = $1 AND key = $2", transaction.OrgId, key);
        return (await ReadAsync(command, cancellation)).FirstOrDefault();
    }

    /// <summary>Newest first, older than <paramref name="before"/>; of every state when it is empty.</summary>
    public static async Task<IReadOnlyList<StoredExperiment>> ListAsync(TenantTransaction transaction, Guid? before, string state, int limit, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            $"SELECT {Columns} FROM experiments WHERE org_id = $1 AND ($2::uuid IS NULL OR experiment_id < $2) AND ($3 = '' OR state = $3) ORDER BY experiment_id DESC LIMIT $4",
            transaction.OrgId, before, state, limit);
        return await ReadAsync(command, cancellation);
    }

    /// <summary>How many the organisation has in a state.</summary>
    public static async Task<long> CountAsync(TenantTransaction transaction, string state, CancellationToken cancellation)
    {
        await using var command = transaction.Command("SELECT count(*) FROM experiments WHERE org_id = $1 AND state = $2", transaction.OrgId, state);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Adds one; false when its key is taken.</summary>
    public static async Task<bool> TryAddAsync(TenantTransaction transaction, StoredExperiment added, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            """
            INSERT INTO experiments (org_id, experiment_id, key, layer, state, revision, definition, slots, stopped_arms, created_at, created_by, stop_reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (org_id, key) DO NOTHING
            """,
            transaction.OrgId, added.Id, added.Definition.Key, added.Definition.Layer, added.State, added.Revision, Json(added.Definition), added.Slots.ToArray(),
            Json(added.StoppedArms), added.CreatedAt, added.CreatedBy, added.StopReason);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>Writes the next revision; false when another request has written it meanwhile.</summary>
    public static async Task<bool> TrySaveAsync(TenantTransaction transaction, StoredExperiment changed, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            """
            UPDATE experiments SET revision = $3, key = $4, layer = $5, state = $6, definition = $7, slots = $8, stopped_arms = $9, started_at = $10, stopped_at = $11, stop_reason = $12
            WHERE org_id = $1 AND experiment_id = $2 AND revision = $3 - 1
            """,
            transaction.OrgId, changed.Id, changed.Revision, changed.Definition.Key, changed.Definition.Layer, changed.State, Json(changed.Definition),
            changed.Slots.ToArray(), Json(changed.StoppedArms), changed.StartedAt?.UtcDateTime, changed.StoppedAt?.UtcDateTime, changed.StopReason);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>Deletes a draft; false when it is none (any more).</summary>
    public static async Task<bool> DeleteDraftAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
    {
        await using var command = transaction.Command("DELETE FROM experiments WHERE org_id = $1 AND experiment_id = $2 AND state = 'draft'", transaction.OrgId, id);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    private static async Task<List<StoredExperiment>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var found = new List<StoredExperiment>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            found.Add(Read(reader));
        return found;
    }

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static StoredExperiment Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetInt32(1), reader.GetString(2), s_parser.Parse<ExperimentDefinition>(reader.GetString(3)), reader.GetFieldValue<int[]>(4),
        JsonSerializer.Deserialize<ArmStop[]>(reader.GetString(5))!, reader.GetFieldValue<DateTimeOffset>(6), reader.GetString(7),
        reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8), reader.IsDBNull(9) ? null : reader.GetFieldValue<DateTimeOffset>(9), reader.GetString(10));

    private static Jsonb Json(ExperimentDefinition definition) => new(JsonFormatter.Default.Format(definition));

    private static Jsonb Json(IReadOnlyList<ArmStop> stops) => new(JsonSerializer.Serialize(stops));
}

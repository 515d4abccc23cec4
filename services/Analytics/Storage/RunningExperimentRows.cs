using PromptPlatform.Analytics.Experiments;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Running experiments of all organisations, in a transaction of purpose <see cref="ExperimentRows.Purpose"/>.</summary>
internal static class RunningExperimentRows
{
    /// <summary>Changes whenever what runs changes, whoever commits first.</summary>
    public static async Task<string> VersionAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command("SELECT count(*) || '-' || coalesce(md5(string_agg(experiment_id || ' ' || revision, ' ' ORDER BY experiment_id)), '') FROM experiments WHERE state = 'running'");
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>By id, beyond <paramref name="after"/>.</summary>
    public static async Task<IReadOnlyList<(Guid OrgId, StoredExperiment Experiment)>> ListAsync(TenantTransaction transaction, Guid? after, int limit, CancellationToken cancellation)
    {
        var found = new List<(Guid, StoredExperiment)>();
        await using var command = transaction.Command(
            $"SELECT {ExperimentRows.Columns}, org_id FROM experiments WHERE state = 'running' AND ($1::uuid IS NULL OR experiment_id > $1) ORDER BY experiment_id LIMIT $2", after, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            found.Add((reader.GetGuid(11), ExperimentRows.Read(reader)));
        return found;
    }
}

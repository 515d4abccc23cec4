using Npgsql;
using PromptPlatform.Analytics.Experiments.Statistics;
using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Rows of table experiment_exposures, and what became of the enhancements in them.</summary>
internal static class ExposureRows
{
    /// <summary>Keeps what an enhancement fell under.</summary>
    public static void Add(NpgsqlBatch batch, PromptEnhanced happened, IReadOnlyList<(Guid Experiment, string Arm, long Unit)> exposures) =>
        batch.Add(
            """
            INSERT INTO experiment_exposures (org_id, experiment_id, enhancement_id, arm, unit, at)
            SELECT $1, experiment_id, $2, arm, unit, $3 FROM unnest($4::uuid[], $5::text[], $6::bigint[]) AS g (experiment_id, arm, unit) ON CONFLICT DO NOTHING
            """,
            happened.OrgId, happened.EnhancementId, happened.At, exposures.Select(e => e.Experiment).ToArray(), exposures.Select(e => e.Arm).ToArray(), exposures.Select(e => e.Unit).ToArray());

    /// <summary>The sums of every metric for every arm: over the enhancements of each unit first, then over units.</summary>
    public static async Task<IReadOnlyDictionary<(string Arm, string Metric), ArmSums>> SumAsync(TenantTransaction transaction, Guid experimentId, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            """
            WITH units AS (
                SELECT e.arm, e.unit, count(*) AS n,
                    count(f.rating) AS rated, count(*) FILTER (WHERE f.rating = 1) AS up,
                    count(*) FILTER (WHERE f.outcome <> '') AS told, count(*) FILTER (WHERE f.outcome = 'completed') AS completed, count(*) FILTER (WHERE f.outcome = 'failed') AS failed,
                    count(*) FILTER (WHERE f.corrected) AS corrected, count(*) FILTER (WHERE f.degraded) AS degraded, sum(f.total_ms) AS ms,
                    count(f.cost_usd) AS priced, coalesce(sum(f.cost_usd), 0) AS cost
                FROM experiment_exposures e JOIN enhancement_facts f ON f.org_id = e.org_id AND f.enhancement_id = e.enhancement_id AND f.at IS NOT NULL
                WHERE e.org_id = $1 AND e.experiment_id = $2 GROUP BY e.arm, e.unit)
            SELECT arm, metric, count(*), sum(y), sum(m.n), sum(y * y), sum(m.n * m.n), sum(y * m.n)
            FROM units CROSS JOIN LATERAL (VALUES
                ('rating_up', up::float8, rated::float8), ('completed', completed::float8, told::float8), ('failed', failed::float8, told::float8),
                ('corrected', corrected::float8, units.n::float8), ('degraded', degraded::float8, units.n::float8), ('latency_ms', ms, units.n::float8),
                ('cost_usd', cost::float8, priced::float8)) AS m (metric, y, n)
            WHERE m.n > 0 GROUP BY arm, metric
            """,
            transaction.OrgId, experimentId);
        var sums = new Dictionary<(string, string), ArmSums>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            sums.Add((reader.GetString(0), reader.GetString(1)), new(reader.GetInt64(2), reader.GetDouble(3), reader.GetDouble(4), reader.GetDouble(5), reader.GetDouble(6), reader.GetDouble(7)));
        return sums;
    }
}

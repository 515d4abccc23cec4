using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Facts;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Judged enhancements of one intent and family that applied a technique, and those that did not.</summary>
internal sealed record TechniqueCell(string Technique, string Intent, string Family, Proportion Applied, Proportion Baseline);

/// <summary>Successes by technique, intent and family, from table enhancement_facts.</summary>
internal static class TechniqueRows
{
    /// <summary>The cells with most judged enhancements; one more than <paramref name="limit"/> when there are more.</summary>
    public static async Task<IReadOnlyList<TechniqueCell>> ListAsync(
        TenantTransaction transaction, TimeBuckets range, IReadOnlyList<FactCondition> conditions, string technique, int limit, CancellationToken cancellation)
    {
        var cells = new List<TechniqueCell>();
        var source = new FactSource(transaction, range, conditions);
        string only = source.Parameter(technique), most = source.Parameter(limit + 1);
        await using var command = source.Command(
            transaction,
            $"""
            WITH judged AS MATERIALIZED (SELECT f.intent, f.target_family, f.techniques, f.succeeded FROM {source.Ungrouped} AND f.succeeded IS NOT NULL),
            together AS (SELECT intent, target_family, count(*) AS n, count(*) FILTER (WHERE succeeded) AS hits FROM judged GROUP BY 1, 2),
            applied AS (
                SELECT technique, intent, target_family, count(*) AS n, count(*) FILTER (WHERE succeeded) AS hits
                FROM judged CROSS JOIN LATERAL unnest(techniques) AS technique WHERE {only} IN ('', technique) GROUP BY 1, 2, 3)
            SELECT technique, intent, target_family, applied.hits, applied.n, together.hits, together.n FROM applied JOIN together USING (intent, target_family)
            ORDER BY applied.n DESC, technique, intent, target_family LIMIT {most}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var applied = new Proportion(reader.GetInt64(3), reader.GetInt64(4));
            var all = new Proportion(reader.GetInt64(5), reader.GetInt64(6));
            cells.Add(new TechniqueCell(reader.GetString(0), reader.GetString(1), reader.GetString(2), applied, all.Without(applied)));
        }
        return cells;
    }
}

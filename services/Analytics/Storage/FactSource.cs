using Npgsql;
using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Facts;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>The facts that a question is about, as SQL with the conditions as parameters. No text of a caller becomes SQL.</summary>
internal sealed class FactSource
{
    /// <summary>Groups that are told apart.</summary>
    public const int MaxGroups = 50;

    private readonly List<object?> _parameters;
    private readonly string _where;

    public FactSource(TenantTransaction transaction, TimeBuckets range, IReadOnlyList<FactCondition> conditions)
    {
        _parameters = [transaction.OrgId, range.Bounds[0].UtcDateTime, range.Bounds[^1].UtcDateTime];
        _where = "f.org_id = $1 AND f.at >= $2 AND f.at < $3" + string.Concat(conditions.Select(Condition));
    }

    /// <summary>FROM and WHERE without groups.</summary>
    public string Ungrouped => $"enhancement_facts f WHERE {_where}";

    /// <summary>
    /// The head of a statement, which makes <c>facts</c>: every fact with its group as <c>grp</c>, the 50 largest groups by name, all others null.
    /// An enhancement stands in it once for each of its techniques when those are the groups.
    /// </summary>
    public string Grouped(FactDimension? groupBy)
    {
        string name = groupBy switch { null => "''", FactDimension.Technique => "technique", { } other => Text(other) };
        string techniques = groupBy == FactDimension.Technique ? " CROSS JOIN LATERAL unnest(f.techniques) AS technique" : "";
        return $"""
            WITH named AS MATERIALIZED (SELECT {name} AS name, f.* FROM enhancement_facts f{techniques} WHERE {_where}),
            largest AS (SELECT name FROM named GROUP BY name ORDER BY count(*) DESC, name LIMIT {MaxGroups}),
            facts AS (SELECT largest.name AS grp, named.* FROM named LEFT JOIN largest USING (name))
            """;
    }

    /// <summary>The place of one more parameter, such as <c>$4</c>.</summary>
    public string Parameter(object? value)
    {
        _parameters.Add(value);
        return $"${_parameters.Count}";
    }

    /// <summary>A command with these parameters.</summary>
    public NpgsqlCommand Command(TenantTransaction transaction, string sql) => transaction.Command(sql, [.. _parameters]);

    private string Condition(FactCondition condition) => condition.Dimension == FactDimension.Technique
        ? $" AND {Parameter(condition.Value)} = ANY (f.techniques)"
        : $" AND {Text(condition.Dimension)} = {Parameter(condition.Value)}";

    private static string Text(FactDimension dimension) => dimension switch
    {
        FactDimension.Intent => "f.intent",
        FactDimension.Domain => "f.domain",
        FactDimension.Complexity => "f.complexity",
        FactDimension.Language => "f.language",
        FactDimension.Family => "f.target_family",
        FactDimension.Length => "f.length",
        FactDimension.Actor => "f.actor",
        FactDimension.Experiment => "coalesce(f.experiment_id, '')",
        FactDimension.Arm => "coalesce(f.experiment_arm, '')",
        FactDimension.Degraded => "f.degraded::text",
        FactDimension.Changed => "coalesce(f.changed::text, '')",
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "has no single value"),
    };
}

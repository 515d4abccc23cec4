using Npgsql;
using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Facts;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Sums of the facts of one group; a group of null is all beyond the largest.</summary>
/// <param name="Group">Value of the dimension.</param>
/// <param name="Enhancements">How many.</param>
/// <param name="WithFeedback">Those with any feedback.</param>
/// <param name="Success">Of those judged.</param>
/// <param name="Satisfaction">Up, of those rated.</param>
/// <param name="Completion">Completed, of those with an outcome.</param>
/// <param name="Errors">How many errors were severe, major and minor.</param>
/// <param name="Stars">How many gave 1 to 5.</param>
/// <param name="Degraded">Those answered without the model.</param>
/// <param name="CostUsd">Of those with a price; null when none has one.</param>
/// <param name="OutcomeCostUsd">Of those with a price and an outcome.</param>
/// <param name="PricedCompleted">Those with a price that were completed.</param>
internal sealed record QualitySums(
    string? Group, long Enhancements, long WithFeedback, Proportion Success, Proportion Satisfaction, Proportion Completion, (long Severe, long Major, long Minor) Errors,
    IReadOnlyList<long> Stars, long Degraded, decimal? CostUsd, decimal OutcomeCostUsd, long PricedCompleted);

/// <summary>How long and how often the actors of a group tried until their first success.</summary>
internal sealed record FirstSuccessSums(string? Group, long Actors, long Succeeded, double? MedianSeconds, double? MedianAttempts);

/// <summary>Figures of quality, from table enhancement_facts.</summary>
internal static class QualityRows
{
    private const string Severity =
        """
        CASE WHEN outcome = 'failed' THEN 3 WHEN rating = -1 OR stars <= 2 THEN 2 WHEN corrected THEN 1 END
        """;

    public static async Task<IReadOnlyList<QualitySums>> ListAsync(TenantTransaction transaction, TimeBuckets range, IReadOnlyList<FactCondition> conditions, FactDimension? groupBy, CancellationToken cancellation)
    {
        var groups = new List<QualitySums>();
        var source = new FactSource(transaction, range, conditions);
        await using var command = source.Command(
            transaction,
            $"""
            {source.Grouped(groupBy)},
            weighed AS (SELECT facts.*, {Severity} AS severity FROM facts)
            SELECT grp, count(*), count(feedback_at), count(*) FILTER (WHERE succeeded), count(succeeded), count(*) FILTER (WHERE rating = 1), count(rating),
                count(*) FILTER (WHERE outcome = 'completed'), count(*) FILTER (WHERE outcome <> ''),
                count(*) FILTER (WHERE severity = 3), count(*) FILTER (WHERE severity = 2), count(*) FILTER (WHERE severity = 1),
                ARRAY[count(*) FILTER (WHERE stars = 1), count(*) FILTER (WHERE stars = 2), count(*) FILTER (WHERE stars = 3), count(*) FILTER (WHERE stars = 4), count(*) FILTER (WHERE stars = 5)],
                count(*) FILTER (WHERE degraded), sum(cost_usd), coalesce(sum(cost_usd) FILTER (WHERE outcome <> ''), 0), count(cost_usd) FILTER (WHERE outcome = 'completed')
            FROM weighed GROUP BY grp
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            groups.Add(Read(reader));
        return groups;
    }

    /// <summary>Attempts are counted by their time within the group; a success counts from the first feedback that told of it, since nobody knew before.</summary>
    public static async Task<IReadOnlyList<FirstSuccessSums>> FirstSuccessesAsync(TenantTransaction transaction, TimeBuckets range, IReadOnlyList<FactCondition> conditions, FactDimension? groupBy, CancellationToken cancellation)
    {
        var groups = new List<FirstSuccessSums>();
        var source = new FactSource(transaction, range, conditions);
        await using var command = source.Command(
            transaction,
            $"""
            {source.Grouped(groupBy)},
            counted AS (SELECT grp, actor, at, success_at, succeeded, dense_rank() OVER (PARTITION BY grp, actor ORDER BY at, enhancement_id) AS nth FROM facts WHERE actor <> ''),
            actors AS (
                SELECT grp, actor, extract(epoch FROM min(success_at) FILTER (WHERE succeeded) - min(at)) AS seconds,
                    (array_agg(nth ORDER BY success_at, nth) FILTER (WHERE succeeded))[1] AS attempts
                FROM counted GROUP BY grp, actor)
            SELECT grp, count(*), count(seconds), percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds::float8), percentile_cont(0.5) WITHIN GROUP (ORDER BY attempts::float8)
            FROM actors GROUP BY grp
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            groups.Add(new FirstSuccessSums(
                Text(reader), reader.GetInt64(1), reader.GetInt64(2),
                await reader.IsDBNullAsync(3, cancellation) ? null : reader.GetDouble(3), await reader.IsDBNullAsync(4, cancellation) ? null : reader.GetDouble(4)));
        }
        return groups;
    }

    private static QualitySums Read(NpgsqlDataReader reader) => new(
        Text(reader), reader.GetInt64(1), reader.GetInt64(2), Pair(reader, 3), Pair(reader, 5), Pair(reader, 7),
        (reader.GetInt64(9), reader.GetInt64(10), reader.GetInt64(11)), reader.GetFieldValue<long[]>(12), reader.GetInt64(13),
        reader.IsDBNull(14) ? null : reader.GetDecimal(14), reader.GetDecimal(15), reader.GetInt64(16));

    private static Proportion Pair(NpgsqlDataReader reader, int column) => new(reader.GetInt64(column), reader.GetInt64(column + 1));

    private static string? Text(NpgsqlDataReader reader) => reader.IsDBNull(0) ? null : reader.GetString(0);
}

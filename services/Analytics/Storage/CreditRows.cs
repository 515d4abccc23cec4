using Npgsql;
using PromptPlatform.Analytics.Learning;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>What the facts say of techniques, added up.</summary>
internal static class CreditRows
{
    /// <summary>The platform's purpose that the policies name.</summary>
    public const string Purpose = "learning";

    private const int MaxCells = 4_000;
    private const int PatienceSeconds = 300;

    // Any constant that nothing else locks in this database.
    private const long LockId = 0x6c_65_61_72_6e;

    /// <summary>The organisation's outcomes since a moment, of the cells that have most of them.</summary>
    public static async Task<Dictionary<LearningCell, Credit>> ListAsync(TenantTransaction transaction, DateTimeOffset? since, DateTimeOffset now, int halfLifeDays, CancellationToken cancellation)
    {
        var credits = new Dictionary<LearningCell, Credit>();
        await using var command = transaction.Command(
            """
            SELECT technique, intent, target, sum(outcomes)::float8, sum(successes)::float8 FROM learning_credits(coalesce($2::timestamptz, '-infinity'::timestamptz), $3, $4)
            WHERE org_id = $1 GROUP BY technique, intent, target ORDER BY sum(outcomes) DESC, technique, intent, target LIMIT $5
            """,
            transaction.OrgId, since, now, halfLifeDays, MaxCells);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            credits[CellOf(reader)] = new Credit(reader.GetDouble(3), reader.GetDouble(4));
        return credits;
    }

    /// <summary>Waits for nobody: whether no other replica is adding up for all organisations.</summary>
    public static async Task<bool> TryLockAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command("SELECT pg_try_advisory_xact_lock($1)", LockId);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Adds up for all organisations and puts the sums in the place of those before; answers how many cells. What could tell of one organisation is never written.</summary>
    public static async Task<int> ReplaceCommonAsync(TenantTransaction transaction, DateTimeOffset now, int halfLifeDays, CancellationToken cancellation)
    {
        // Every fact of every organisation is read: longer than a request may take.
        await using (var patience = transaction.Command("SELECT set_config('statement_timeout', $1, true)", $"{PatienceSeconds}s"))
            await patience.ExecuteNonQueryAsync(cancellation);
        await using (var forget = transaction.Command("DELETE FROM learning_common"))
            await forget.ExecuteNonQueryAsync(cancellation);
        await using var command = transaction.Command(
            """
            WITH own AS (
                SELECT technique, intent, target, sum(outcomes) AS n, sum(successes) AS s FROM learning_credits('-infinity', $1, $2) GROUP BY org_id, technique, intent, target)
            INSERT INTO learning_common
            SELECT technique, intent, target, count(*), sum(n), sum(s), sum(n * n), sum(s * s / n), max(n) FROM own
            GROUP BY technique, intent, target HAVING count(*) >= $3 AND sum(n) >= $4 AND max(n) <= $5 * sum(n)
            ORDER BY sum(n) DESC, technique, intent, target LIMIT $6
            """,
            now, halfLifeDays, CommonBelief.MinOrganizations, CommonBelief.MinOutcomes, CommonBelief.MaxShareOfOne, MaxCells);
        command.CommandTimeout = PatienceSeconds;
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What all organisations together know.</summary>
    public static async Task<Dictionary<LearningCell, CommonBelief>> ListCommonAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        var beliefs = new Dictionary<LearningCell, CommonBelief>();
        await using var command = transaction.Command(
            "SELECT technique, intent, target, organizations, outcomes, successes, outcomes_squared, successes_squared_by_outcomes, largest FROM learning_common");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var cell = CellOf(reader);
            var groups = new GroupMoments(reader.GetInt32(3), new Credit(reader.GetDouble(4), reader.GetDouble(5)), reader.GetDouble(6), reader.GetDouble(7));
            if (CommonBelief.Of(TechniquePriors.Of(cell.Technique), groups, reader.GetDouble(8)) is { } belief)
                beliefs[cell] = belief;
        }
        return beliefs;
    }

    private static LearningCell CellOf(NpgsqlDataReader reader) => new(reader.GetString(0), reader.GetString(1), reader.GetString(2));
}

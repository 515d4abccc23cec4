using System.Runtime.CompilerServices;
using PromptPlatform.Analytics.Funnels;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Events for funnels, from table events.</summary>
internal static class FunnelRows
{
    private const int MaxPieces = 16;

    // Steps and exclusions of an actor, and every event when none may lie between. Index events_by_name holds all of it but properties.
    private const string Matters = "org_id = $1 AND actor_key IS NOT NULL AND ($2 OR name = ANY ($3))";
    private static readonly long s_year2000 = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Whether more events matter to a funnel than the limit. They are counted one by one only where the counts of their names do not rule it out.</summary>
    public static async Task<bool> AreMoreThanAsync(TenantTransaction transaction, FunnelQuestion funnel, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            $"""
            SELECT CASE WHEN (SELECT coalesce(sum(events), 0) <= $4 FROM event_quarters WHERE org_id = $1 AND ($2 OR name = ANY ($3)) AND quarter >= $5 AND quarter < $6) THEN false
                ELSE (SELECT count(*) > $4 FROM (SELECT FROM events WHERE {Matters} AND at >= $5 AND at < $6 LIMIT $4 + 1) AS e) END
            """,
            transaction.OrgId, funnel.Plan.Order == FunnelOrder.Strict, funnel.Names, limit, from, to);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The events that matter to a funnel, in no order and in pieces of some days.</summary>
    public static async IAsyncEnumerable<FunnelColumns> ListAsync(
        TenantTransaction transaction, FunnelQuestion funnel, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Compiling the statement would cost more than it saves.
        await using (var settings = transaction.Command("SELECT set_config('jit', 'off', true)"))
            await settings.ExecuteNonQueryAsync(cancellation);
        var bounds = Bounds(from.UtcDateTime, to.UtcDateTime);
        // Arrays, because a row costs more than the event in it. To group by actor here would cost more than to order the events there.
        var pieces = Enumerable.Range(0, bounds.Count - 1).Select(i =>
            $"""
            SELECT array_agg(actor_key), array_agg(at), array_agg(arrival * {FunnelColumns.Numbers} + coalesce(array_position($3::text[], name), 0)),
                {(funnel.Breakdown is null ? "NULL::text[]" : "array_agg(properties ->> $4)")}
            FROM events WHERE {Matters} AND at >= ${i + 5} AND at < ${i + 6}
            """);
        // One statement, so that all pieces are of one moment; the first travels while the next is made.
        await using var command = transaction.Command(
            string.Join("\nUNION ALL\n", pieces), [transaction.OrgId, funnel.Plan.Order == FunnelOrder.Strict, funnel.Names, funnel.Breakdown?.Key ?? "", .. bounds.Cast<object>()]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (await reader.IsDBNullAsync(0, cancellation))
                continue;
            yield return new FunnelColumns(
                reader.GetFieldValue<Guid[]>(0), Micros(reader.GetFieldValue<long[]>(1)), reader.GetFieldValue<long[]>(2),
                await reader.IsDBNullAsync(3, cancellation) ? [] : reader.GetFieldValue<string?[]>(3));
        }
    }

    /// <summary>Times travel as microseconds since 2000, those of .NET count from the year 1.</summary>
    private static long[] Micros(long[] times)
    {
        for (int i = 0; i < times.Length; i++)
            times[i] += s_year2000;
        return times;
    }

    /// <summary>Where the pieces begin and end: between them at UTC midnights, as the partitions of the table.</summary>
    private static List<DateTime> Bounds(DateTime from, DateTime to)
    {
        int days = ((to.AddTicks(-1).Date - from.Date).Days + MaxPieces) / MaxPieces;
        var bounds = new List<DateTime> { from };
        for (var end = from.Date.AddDays(days); end < to; end = end.AddDays(days))
            bounds.Add(end);
        bounds.Add(to);
        return bounds;
    }
}

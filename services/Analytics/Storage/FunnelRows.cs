using System.Runtime.CompilerServices;
using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Funnels;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>The events of an actor that matter to a funnel, by time and arrival, and what each says of the property of the breakdown; no values without one.</summary>
internal sealed record FunnelActor(FunnelEvent[] Events, IReadOnlyList<string?> Values);

/// <summary>Events for funnels, from table events.</summary>
internal static class FunnelRows
{
    /// <summary>
    /// Actor by actor the events that matter to a funnel, by time and arrival: its steps and exclusions, and every one when none may lie between.
    /// Reads at most one event more than <paramref name="limit"/>.
    /// </summary>
    public static async IAsyncEnumerable<FunnelActor> ListAsync(TenantTransaction transaction, FunnelQuestion funnel, TimeBuckets range, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var names = funnel.Steps.Concat(funnel.Exclusions).Distinct().ToArray();
        // Number 0 is an event that is neither step nor exclusion.
        (byte Steps, byte Exclusions)[] bits = [default, .. names.Select(name => (Bits(funnel.Steps, name), Bits(funnel.Exclusions, name)))];
        // Grouped in memory; compiling the statement would cost more than it saves.
        await using (var settings = transaction.Command("SELECT set_config('work_mem', '128MB', true), set_config('jit', 'off', true)"))
            await settings.ExecuteNonQueryAsync(cancellation);
        // Arrays, because a row costs more than the event in it.
        await using var command = transaction.Command(
            $"""
            SELECT array_agg(at), array_agg(arrival), array_agg(number), {(funnel.Breakdown is null ? "NULL::text[]" : "array_agg(value)")} FROM (
                SELECT actor_key, at, arrival, coalesce(array_position($4::text[], name), 0) AS number, properties ->> $7 AS value FROM events
                WHERE org_id = $1 AND at >= $2 AND at < $3 AND actor_key IS NOT NULL AND ($5 OR name = ANY ($4)) LIMIT $6) AS e
            GROUP BY actor_key
            """,
            transaction.OrgId, range.Bounds[0].UtcDateTime, range.Bounds[^1].UtcDateTime, names, funnel.Plan.Order == FunnelOrder.Strict, limit + 1, funnel.Breakdown?.Key ?? "");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            string?[] values = await reader.IsDBNullAsync(3, cancellation) ? [] : reader.GetFieldValue<string?[]>(3);
            yield return Sorted(reader.GetFieldValue<DateTime[]>(0), reader.GetFieldValue<long[]>(1), reader.GetFieldValue<int[]>(2), values, bits);
        }
    }

    private static FunnelActor Sorted(DateTime[] at, long[] arrival, int[] number, string?[] values, (byte Steps, byte Exclusions)[] bits)
    {
        var keys = new (long Micros, long Arrival)[at.Length];
        int[] places = new int[at.Length];
        for (int i = 0; i < keys.Length; i++)
            (keys[i], places[i]) = ((at[i].Ticks / TimeSpan.TicksPerMicrosecond, arrival[i]), i);
        Array.Sort(keys, places);
        var events = new FunnelEvent[keys.Length];
        for (int i = 0; i < events.Length; i++)
            events[i] = new FunnelEvent(keys[i].Micros, bits[number[places[i]]].Steps, bits[number[places[i]]].Exclusions);
        return new FunnelActor(events, values.Length == 0 ? values : [.. places.Select(place => values[place])]);
    }

    private static byte Bits(IReadOnlyList<string> names, string name)
    {
        int bits = 0;
        for (int i = 0; i < names.Count; i++)
            bits |= names[i] == name ? 1 << i : 0;
        return (byte)bits;
    }
}

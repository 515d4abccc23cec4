using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Funnels;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Events for funnels, from table events.</summary>
internal static class FunnelRows
{
    /// <summary>The events that matter to a funnel: its steps and exclusions, and every one when none may lie between. Stops behind <paramref name="limit"/>.</summary>
    public static async Task<ActorEvents> ListAsync(TenantTransaction transaction, FunnelQuestion funnel, TimeBuckets range, int limit, CancellationToken cancellation)
    {
        var names = funnel.Steps.Concat(funnel.Exclusions).Distinct().ToArray();
        var bits = names.Select(name => (Steps: Bits(funnel.Steps, name), Exclusions: Bits(funnel.Exclusions, name))).ToArray();
        var events = new ActorEvents();
        await using var command = transaction.Command(
            """
            SELECT actor_key, at, arrival, coalesce(array_position($4::text[], name), 0) FROM events
            WHERE org_id = $1 AND at >= $2 AND at < $3 AND actor_key IS NOT NULL AND ($5 OR name = ANY ($4)) LIMIT $6
            """,
            transaction.OrgId, range.Bounds[0].UtcDateTime, range.Bounds[^1].UtcDateTime, names, funnel.Plan.Order == FunnelOrder.Strict, limit + 1);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            int name = reader.GetInt32(3);
            var (steps, exclusions) = name == 0 ? default : bits[name - 1];
            events.Add(reader.GetGuid(0), reader.GetInt64(2), new FunnelEvent(reader.GetDateTime(1).Ticks / TimeSpan.TicksPerMicrosecond, steps, exclusions));
        }
        return events;
    }

    private static byte Bits(IReadOnlyList<string> names, string name)
    {
        int bits = 0;
        for (int i = 0; i < names.Count; i++)
            bits |= names[i] == name ? 1 << i : 0;
        return (byte)bits;
    }
}

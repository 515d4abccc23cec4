using Npgsql;
using PromptPlatform.Analytics.Events;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Rows of tables events, event_ids and event_quarters, which are written together.</summary>
internal static class EventRows
{
    private const string Keep =
        """
        WITH given AS (
            SELECT * FROM unnest($2::uuid[], $3::bigint[], $4::timestamptz[], $5::text[], $6::text[], $7::text[])
                WITH ORDINALITY AS g (event_id, fingerprint, at, name, actor, properties, place)),
        fresh AS (
            INSERT INTO event_ids (org_id, event_id, fingerprint, seen_at) SELECT $1, event_id, fingerprint, $8 FROM given ORDER BY event_id
            ON CONFLICT DO NOTHING RETURNING event_id),
        kept AS (
            INSERT INTO events (org_id, event_id, at, name, actor, properties)
            SELECT $1, event_id, at, name, actor, properties::jsonb FROM given JOIN fresh USING (event_id) ORDER BY place
            RETURNING name, at),
        counted AS (
            INSERT INTO event_quarters AS q (org_id, name, quarter, events)
            SELECT $1, name, date_bin('15 minutes', at, timestamptz '2000-01-01Z'), count(*) FROM kept GROUP BY 2, 3 ORDER BY 2, 3
            ON CONFLICT (org_id, name, quarter) DO UPDATE SET events = q.events + excluded.events)
        SELECT event_id FROM fresh
        """;

    /// <summary>Keeps the events whose ids are new and counts them, in one statement. Answers their ids.</summary>
    /// <remarks>Ids and then quarters are locked in one order by everybody, so that batches of one organisation never wait for each other in a circle.</remarks>
    public static async Task<IReadOnlySet<Guid>> AddAsync(TenantTransaction transaction, IReadOnlyList<ProductEvent> events, DateTimeOffset now, CancellationToken cancellation)
    {
        var fresh = new HashSet<Guid>();
        await using var command = transaction.Command(Keep, Values(transaction.OrgId, events, now));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            fresh.Add(reader.GetGuid(0));
        return fresh;
    }

    /// <summary>Keeps an event of the platform; one that is too late for its day to be there is left to the figures of usage alone.</summary>
    public static void Add(NpgsqlBatch batch, Guid orgId, ProductEvent happened, DateTimeOffset now)
    {
        if (now - happened.At <= EventRules.MaxLate && happened.At - now <= EventRules.MaxAhead)
            batch.Add(Keep, Values(orgId, [happened], now));
    }

    /// <summary>The fingerprints of ids that are here.</summary>
    public static async Task<Dictionary<Guid, long>> SeenAsync(TenantTransaction transaction, Guid[] ids, CancellationToken cancellation)
    {
        var seen = new Dictionary<Guid, long>();
        await using var command = transaction.Command("SELECT event_id, fingerprint FROM event_ids WHERE org_id = $1 AND event_id = ANY($2)", transaction.OrgId, ids);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            seen.Add(reader.GetGuid(0), reader.GetInt64(1));
        return seen;
    }

    private static object?[] Values(Guid orgId, IReadOnlyList<ProductEvent> events, DateTimeOffset now) =>
    [
        orgId, events.Select(e => e.Id).ToArray(), events.Select(e => e.Fingerprint).ToArray(), events.Select(e => e.At.UtcDateTime).ToArray(),
        events.Select(e => e.Name).ToArray(), events.Select(e => e.Actor).ToArray(), events.Select(e => e.Properties).ToArray(), now,
    ];
}

using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>The partitions of table events, one per UTC day, and what is forgotten with them.</summary>
internal static class EventDays
{
    /// <summary>The platform's purpose that the policies of these tables name.</summary>
    public const string Purpose = "event-retention";

    // Any constant that nothing else locks in this database.
    private const long LockId = 0x65_76_64_61_79;
    private const int MaxRows = 50_000;

    /// <summary>Waits until no other replica is at this work, and keeps them waiting until the transaction ends.</summary>
    public static async Task LockAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command("SELECT pg_advisory_xact_lock($1)", LockId);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Makes the days that are not there yet, both ends included; answers how many.</summary>
    public static async Task<int> MakeAsync(TenantTransaction transaction, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "SELECT count(*) FILTER (WHERE make_event_day(d::date))::int FROM generate_series($1::timestamp, $2::timestamp, interval '1 day') AS g (d)", from, to);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Drops days before this one, ten at most, and the counts and facts of the time before; answers how many days.</summary>
    public static async Task<int> DropAsync(TenantTransaction transaction, DateOnly before, CancellationToken cancellation)
    {
        await using (var counts = transaction.Command(
            "DELETE FROM event_quarters WHERE ctid IN (SELECT ctid FROM event_quarters WHERE quarter < $1::timestamp AT TIME ZONE 'UTC' LIMIT $2)", before, MaxRows))
            await counts.ExecuteNonQueryAsync(cancellation);
        await using (var facts = transaction.Command(
            "DELETE FROM enhancement_facts WHERE ctid IN (SELECT ctid FROM enhancement_facts WHERE coalesce(at, feedback_at) < $1::timestamp AT TIME ZONE 'UTC' LIMIT $2)", before, MaxRows))
            await facts.ExecuteNonQueryAsync(cancellation);
        await using (var exposures = transaction.Command(
            "DELETE FROM experiment_exposures WHERE ctid IN (SELECT ctid FROM experiment_exposures WHERE at < $1::timestamp AT TIME ZONE 'UTC' LIMIT $2)", before, MaxRows))
            await exposures.ExecuteNonQueryAsync(cancellation);
        await using var command = transaction.Command("SELECT drop_event_days($1)", before);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Forgets ids that were seen before a moment.</summary>
    public static async Task ForgetIdsAsync(TenantTransaction transaction, DateTimeOffset before, CancellationToken cancellation)
    {
        await using var command = transaction.Command("DELETE FROM event_ids WHERE ctid IN (SELECT ctid FROM event_ids WHERE seen_at < $1 LIMIT $2)", before, MaxRows);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Organisations that keep their events for fewer days than the platform.</summary>
    public static async Task<IReadOnlyList<(Guid OrgId, int Days)>> ShorterAsync(TenantTransaction transaction, int than, CancellationToken cancellation)
    {
        var found = new List<(Guid, int)>();
        await using var command = transaction.Command("SELECT org_id, days FROM event_retention WHERE days < $1", than);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            found.Add((reader.GetGuid(0), reader.GetInt32(1)));
        return found;
    }

    /// <summary>Forgets the organisation's events, counts and facts before a moment; a backlog takes several runs.</summary>
    public static async Task ForgetAsync(TenantTransaction transaction, DateTimeOffset before, CancellationToken cancellation)
    {
        await using var batch = transaction.Batch();
        batch.Add(
            "DELETE FROM events WHERE org_id = $1 AND at < $2 AND event_id IN (SELECT event_id FROM events WHERE org_id = $1 AND at < $2 ORDER BY at LIMIT $3)",
            transaction.OrgId, before, MaxRows);
        batch.Add("DELETE FROM event_quarters WHERE org_id = $1 AND quarter < $2", transaction.OrgId, before);
        batch.Add("DELETE FROM enhancement_facts WHERE org_id = $1 AND coalesce(at, feedback_at) < $2", transaction.OrgId, before);
        batch.Add("DELETE FROM experiment_exposures WHERE org_id = $1 AND at < $2", transaction.OrgId, before);
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}

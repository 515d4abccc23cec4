using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging.Storage;

/// <summary>Rows of table inbox: what a consumer has done already.</summary>
internal static class InboxRows
{
    /// <summary>Notes events for the consumer, and says of each in their order whether it was noted before or is of somebody whose data were erased here; then there is nothing to do.</summary>
    /// <param name="transaction">A transaction of their organisation.</param>
    /// <param name="consumer">Its name.</param>
    /// <param name="happened">The events and whom each tells of; nobody when it is taken after an erasure too.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<Arrival>> NoteAsync(
        TenantTransaction transaction, string consumer, IReadOnlyList<(Guid EventId, byte[][] Subjects)> happened, DateTimeOffset now, CancellationToken cancellation)
    {
        var fresh = new HashSet<Guid>();
        byte[][] erased = [];
        // In one order for everybody, so that nobody waits for each other in a circle.
        await using var command = transaction.Command(
            """
            INSERT INTO inbox (consumer, event_id, org_id, consumed_at) SELECT $1, event_id, $3, $4 FROM unnest($2::uuid[]) AS g (event_id) ORDER BY event_id ON CONFLICT DO NOTHING
            RETURNING event_id, ARRAY(SELECT subject FROM erased_subjects e WHERE e.org_id = $3 AND e.subject = ANY ($5))
            """,
            consumer, happened.Select(e => e.EventId).ToArray(), transaction.OrgId, now, happened.SelectMany(e => e.Subjects).DistinctBy(Convert.ToHexString).ToArray());
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                fresh.Add(reader.GetGuid(0));
                erased = reader.GetFieldValue<byte[][]>(1);
            }
        }
        // An event that is there twice counts once.
        return [.. happened.Select(e => !fresh.Remove(e.EventId) ? Arrival.Again : e.Subjects.Any(subject => erased.Any(gone => gone.AsSpan().SequenceEqual(subject))) ? Arrival.Erased : Arrival.New)];
    }
}

/// <summary>How an event arrives at a consumer.</summary>
internal enum Arrival
{
    /// <summary>For the first time.</summary>
    New,

    /// <summary>As before.</summary>
    Again,

    /// <summary>After the data of those it tells of were erased.</summary>
    Erased,
}

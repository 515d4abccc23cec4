using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging.Storage;

/// <summary>Rows of table inbox: what a consumer has done already.</summary>
internal static class InboxRows
{
    /// <summary>Notes the event for the consumer, and says whether it was noted before or is of somebody whose data were erased here; then there is nothing to do.</summary>
    /// <param name="subjects">Whom the event tells of; empty when it is taken after an erasure too.</param>
    public static async Task<Arrival> NoteAsync(
        TenantTransaction transaction, string consumer, IPlatformEvent happened, byte[][] subjects, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            """
            INSERT INTO inbox (consumer, event_id, org_id, consumed_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
            RETURNING EXISTS (SELECT 1 FROM erased_subjects e WHERE e.org_id = $3 AND e.subject = ANY($5))
            """,
            consumer, happened.EventId, happened.OrgId, now, subjects);
        return await command.ExecuteScalarAsync(cancellation) switch
        {
            null => Arrival.Again,
            true => Arrival.Erased,
            _ => Arrival.New,
        };
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

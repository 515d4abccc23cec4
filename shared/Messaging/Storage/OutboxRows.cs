using Npgsql;
using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging.Storage;

/// <summary>Rows of table outbox: news that commits with the state change it tells of.</summary>
public static class OutboxRows
{
    /// <summary>Adds the event's row to the batch that makes the change.</summary>
    public static void Announce(this NpgsqlBatch batch, IPlatformEvent happened) => batch.Add(
        "INSERT INTO outbox (event_id, org_id, type, payload, created_at) VALUES ($1, $2, $3, $4, $5)",
        happened.EventId, happened.OrgId, EventTypes.NameOf(happened.GetType()), new Jsonb(EventTypes.Write(happened)), happened.At);

    /// <summary>Locks the oldest unsent rows that no other dispatcher holds.</summary>
    internal static async Task<IReadOnlyList<OutboxRow>> LockUnsentAsync(TenantTransaction transaction, int limit, CancellationToken cancellation)
    {
        var rows = new List<OutboxRow>();
        // Rows that keep failing go behind the fresh ones, so that one poison event never blocks the rest.
        await using var command = transaction.Command(
            "SELECT event_id, type, payload::text FROM outbox WHERE sent_at IS NULL ORDER BY least(attempts, 5), created_at, event_id LIMIT $1 FOR UPDATE SKIP LOCKED", limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            rows.Add(new OutboxRow(reader.GetGuid(0), reader.GetString(1), reader.GetString(2)));
        return rows;
    }

    internal static async Task MarkAsync(TenantTransaction transaction, IReadOnlyCollection<Guid> sent, IReadOnlyCollection<Guid> failed, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var batch = transaction.Batch();
        batch.Add("UPDATE outbox SET sent_at = $1 WHERE event_id = ANY($2)", now, sent.ToArray());
        batch.Add("UPDATE outbox SET attempts = attempts + 1 WHERE event_id = ANY($1)", failed.ToArray());
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>One unsent event.</summary>
internal sealed record OutboxRow(Guid EventId, string Type, string Payload);

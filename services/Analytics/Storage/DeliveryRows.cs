using Npgsql;
using PromptPlatform.Analytics.Webhooks;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Rows of table webhook_deliveries, as their organisation sees them.</summary>
internal static class DeliveryRows
{
    private const string Columns =
        "delivery_id, event_id, event_type, payload, replay_of, status, attempts, next_attempt_at, last_attempt_at, response_status, response_start, error, duration_ms, created_at";

    /// <summary>The webhooks that take events of this type now; they cannot vanish before the transaction ends.</summary>
    public static async Task<IReadOnlyList<Guid>> TakersAsync(TenantTransaction transaction, string type, CancellationToken cancellation)
    {
        var found = new List<Guid>();
        await using var command = transaction.Command(
            "SELECT webhook_id FROM webhooks WHERE org_id = $1 AND enabled AND events && $2 ORDER BY webhook_id FOR KEY SHARE", transaction.OrgId, new[] { type, WebhookEventTypes.All });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            found.Add(row.GetGuid(0));
        return found;
    }

    /// <summary>Adds deliveries; one that the webhook has of this event already is left as it is.</summary>
    public static void Insert(NpgsqlBatch batch, Guid orgId, Guid webhookId, WebhookDelivery delivery) => batch.Add(
        """
        INSERT INTO webhook_deliveries (org_id, webhook_id, delivery_id, event_id, event_type, payload, replay_of, next_attempt_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (webhook_id, event_id) WHERE replay_of IS NULL DO NOTHING
        """,
        orgId, webhookId, delivery.Id, delivery.EventId, delivery.EventType, delivery.Payload, delivery.ReplayOf, delivery.NextAttemptAt, delivery.CreatedAt);

    public static async Task<WebhookDelivery?> FindAsync(TenantTransaction transaction, Guid webhookId, Guid id, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            $"SELECT {Columns} FROM webhook_deliveries WHERE org_id = $1 AND webhook_id = $2 AND delivery_id = $3", transaction.OrgId, webhookId, id);
        return (await ReadAsync(command, cancellation)).SingleOrDefault();
    }

    public static async Task<IReadOnlyList<WebhookDelivery>> ListAsync(TenantTransaction transaction, Guid webhookId, string status, Guid? before, int limit, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            $"""
            SELECT {Columns} FROM webhook_deliveries
            WHERE org_id = $1 AND webhook_id = $2 AND ($3 = '' OR status = $3) AND ($4::uuid IS NULL OR delivery_id < $4::uuid) ORDER BY delivery_id DESC LIMIT $5
            """,
            transaction.OrgId, webhookId, status, before, limit);
        return await ReadAsync(command, cancellation);
    }

    /// <summary>Writes the result of a sending and gives its claim back; false when the claim was lost meanwhile, then nothing is written.</summary>
    public static async Task<bool> SettleAsync(TenantTransaction transaction, ClaimedDelivery claimed, DeliveryState state, SendResult result, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            """
            UPDATE webhook_deliveries SET status = $5, next_attempt_at = $6, last_attempt_at = $7, response_status = $8, response_start = $9, error = $10, duration_ms = $11,
                claim = NULL, claimed_until = NULL
            WHERE org_id = $1 AND webhook_id = $2 AND delivery_id = $3 AND claim = $4
            """,
            transaction.OrgId, claimed.WebhookId, claimed.DeliveryId, claimed.Claim, state.Status, state.NextAttemptAt, result.At, result.Status, result.Start, result.Error,
            (int)result.Duration.TotalMilliseconds);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    private static async Task<IReadOnlyList<WebhookDelivery>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var found = new List<WebhookDelivery>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            found.Add(new WebhookDelivery(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetGuid(4), row.GetFieldValue<DateTimeOffset>(7), row.GetFieldValue<DateTimeOffset>(13))
            {
                Status = row.GetString(5),
                Attempts = row.GetInt32(6),
                LastAttemptAt = row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
                ResponseStatus = row.GetInt32(9),
                ResponseStart = row.GetString(10),
                Error = row.GetString(11),
                DurationMs = row.GetInt32(12),
            });
        }
        return found;
    }
}

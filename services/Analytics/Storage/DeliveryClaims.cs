using PromptPlatform.Analytics.Webhooks;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>What the senders do with table webhook_deliveries, over all organisations; the transaction's purpose is <see cref="Purpose"/>.</summary>
internal static class DeliveryClaims
{
    /// <summary>The platform's purpose that the policies of these tables name.</summary>
    public const string Purpose = "webhooks";

    // Any constant that nothing else locks in this database. Claims are taken one after another, or two replicas could both see room at an endpoint.
    private const long LockId = 0x77_65_62_68_6f_6f_6b;

    /// <summary>
    /// Takes deliveries that are due, the longest due first, and of each webhook no more than its sendings may be at once: an endpoint that
    /// does not answer holds up nothing but itself. Each counts as an attempt from here on; a claim that nobody settles ends by itself.
    /// </summary>
    public static async Task<IReadOnlyList<ClaimedDelivery>> TakeAsync(
        TenantTransaction transaction, Guid claim, DateTimeOffset now, DateTimeOffset until, int limit, int perWebhook, CancellationToken cancellation)
    {
        await using (var wait = transaction.Command("SELECT pg_advisory_xact_lock($1)", LockId))
            await wait.ExecuteNonQueryAsync(cancellation);
        var taken = new List<ClaimedDelivery>();
        await using var command = transaction.Command(
            """
            WITH due AS (
                SELECT d.org_id, d.webhook_id, d.delivery_id, w.url, w.secret, CASE WHEN w.previous_secret_until > $1 THEN w.previous_secret END AS previous
                FROM webhooks w CROSS JOIN LATERAL (
                    SELECT x.org_id, x.webhook_id, x.delivery_id, x.next_attempt_at FROM webhook_deliveries x
                    WHERE x.org_id = w.org_id AND x.webhook_id = w.webhook_id AND x.status = 'pending' AND x.next_attempt_at <= $1
                    ORDER BY x.next_attempt_at
                    LIMIT greatest(0, $5 - (
                        SELECT count(*) FROM webhook_deliveries y WHERE y.org_id = w.org_id AND y.webhook_id = w.webhook_id AND y.claim IS NOT NULL AND y.claimed_until > $1))
                    FOR UPDATE SKIP LOCKED) d
                WHERE w.enabled ORDER BY d.next_attempt_at LIMIT $4)
            UPDATE webhook_deliveries t SET claim = $2, claimed_until = $3, next_attempt_at = $3, attempts = t.attempts + 1
            FROM due WHERE t.org_id = due.org_id AND t.webhook_id = due.webhook_id AND t.delivery_id = due.delivery_id
            RETURNING t.org_id, t.webhook_id, t.delivery_id, t.event_id, t.event_type, t.payload, t.attempts, due.url, due.secret, due.previous
            """,
            now, claim, until, limit, perWebhook);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            taken.Add(new ClaimedDelivery(
                row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), claim, row.GetGuid(3), row.GetString(4), row.GetString(5), row.GetInt32(6), row.GetString(7),
                row.GetFieldValue<byte[]>(8), row.IsDBNull(9) ? null : row.GetFieldValue<byte[]>(9)));
        }
        return taken;
    }

    /// <summary>Forgets deliveries made before a moment; a backlog takes several runs.</summary>
    public static async Task<int> ForgetAsync(TenantTransaction transaction, DateTimeOffset before, CancellationToken cancellation)
    {
        await using var command = transaction.Command("DELETE FROM webhook_deliveries WHERE ctid IN (SELECT ctid FROM webhook_deliveries WHERE created_at < $1 LIMIT 50000)", before);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}

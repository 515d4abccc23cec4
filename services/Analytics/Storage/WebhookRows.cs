using Npgsql;
using PromptPlatform.Analytics.Webhooks;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Rows of table webhooks.</summary>
internal static class WebhookRows
{
    private const string Columns =
        "webhook_id, revision, url, events, description, enabled, disabled_reason, consecutive_failures, failing_since, last_success_at, previous_secret_until, created_at, updated_at";

    /// <summary>Adds the row, unless the organisation has as many as it may: then no row is touched.</summary>
    public static void Insert(NpgsqlBatch batch, Guid orgId, Webhook webhook, byte[] secret, int limit) => batch.Add(
        """
        INSERT INTO webhooks (org_id, webhook_id, url, events, description, secret, created_at, updated_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $7 WHERE (SELECT count(*) FROM webhooks WHERE org_id = $1) < $8
        """,
        orgId, webhook.Id, webhook.Url, webhook.Events, webhook.Description, secret, webhook.CreatedAt, limit);

    public static async Task<int> CountAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command("SELECT count(*)::int FROM webhooks WHERE org_id = $1", transaction.OrgId);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public static async Task<IReadOnlyList<Webhook>> ListAsync(TenantTransaction transaction, Guid? before, int limit, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            $"SELECT {Columns} FROM webhooks WHERE org_id = $1 AND ($2::uuid IS NULL OR webhook_id < $2::uuid) ORDER BY webhook_id DESC LIMIT $3", transaction.OrgId, before, limit);
        return await ReadAsync(command, cancellation);
    }

    public static async Task<Webhook?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
    {
        await using var command = transaction.Command($"SELECT {Columns} FROM webhooks WHERE org_id = $1 AND webhook_id = $2", transaction.OrgId, id);
        return (await ReadAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>The webhook, kept from others until the transaction ends.</summary>
    public static async Task<Webhook?> LockAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
    {
        await using var command = transaction.Command($"SELECT {Columns} FROM webhooks WHERE org_id = $1 AND webhook_id = $2 FOR UPDATE", transaction.OrgId, id);
        return (await ReadAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>Writes what its owner can change, as the next revision.</summary>
    public static async Task UpdateAsync(TenantTransaction transaction, Webhook webhook, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            """
            UPDATE webhooks SET revision = $3, url = $4, events = $5, description = $6, enabled = $7, disabled_reason = $8, consecutive_failures = $9, failing_since = $10, updated_at = $11
            WHERE org_id = $1 AND webhook_id = $2
            """,
            transaction.OrgId, webhook.Id, webhook.Revision, webhook.Url, webhook.Events, webhook.Description, webhook.IsEnabled, webhook.DisabledReason,
            webhook.ConsecutiveFailures, webhook.FailingSince, webhook.UpdatedAt);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Writes how its sendings go.</summary>
    public static async Task NoteAsync(TenantTransaction transaction, Webhook webhook, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            """
            UPDATE webhooks SET enabled = $3, disabled_reason = $4, consecutive_failures = $5, failing_since = $6, last_success_at = $7, revision = $8, updated_at = $9
            WHERE org_id = $1 AND webhook_id = $2
            """,
            transaction.OrgId, webhook.Id, webhook.IsEnabled, webhook.DisabledReason, webhook.ConsecutiveFailures, webhook.FailingSince, webhook.LastSuccessAt,
            webhook.Revision, webhook.UpdatedAt);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Puts a new secret in place of the present one and erases the stored answers that show it, if the webhook is still at the revision.</summary>
    public static void Rotate(NpgsqlBatch batch, Guid orgId, Webhook webhook, byte[] secret, DateTimeOffset now) => batch.Add(
        """
        WITH erased AS (UPDATE idempotency_keys SET answer = NULL WHERE org_id = $1 AND subject = $2)
        UPDATE webhooks SET revision = revision + 1, previous_secret = secret, previous_secret_until = $4, secret = $5, updated_at = $6
        WHERE org_id = $1 AND webhook_id = $2 AND revision = $3
        """,
        orgId, webhook.Id, webhook.Revision - 1, webhook.PreviousSecretUntil, secret, now);

    /// <summary>Deletes the webhook with its deliveries and the stored answers about it.</summary>
    public static async Task<bool> DeleteAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
    {
        await using var command = transaction.Command("DELETE FROM webhooks WHERE org_id = $1 AND webhook_id = $2", transaction.OrgId, id);
        if (await command.ExecuteNonQueryAsync(cancellation) == 0)
            return false;
        await using var batch = transaction.Batch();
        batch.EraseAnswersOf(transaction.OrgId, id);
        await batch.ExecuteNonQueryAsync(cancellation);
        return true;
    }

    private static async Task<IReadOnlyList<Webhook>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var found = new List<Webhook>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            found.Add(new Webhook(
                row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.GetFieldValue<string[]>(3), row.GetString(4), row.GetBoolean(5), row.GetString(6), row.GetInt32(7),
                TimeOf(row, 8), TimeOf(row, 9), TimeOf(row, 10), row.GetFieldValue<DateTimeOffset>(11), row.GetFieldValue<DateTimeOffset>(12)));
        }
        return found;
    }

    private static DateTimeOffset? TimeOf(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}

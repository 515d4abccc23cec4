using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging.Storage;

/// <summary>Rows of table inbox: what a consumer has done already.</summary>
internal static class InboxRows
{
    /// <summary>Notes the event for the consumer; false when it was noted before, then there is nothing to do.</summary>
    public static async Task<bool> TryInsertAsync(TenantTransaction transaction, string consumer, IPlatformEvent happened, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "INSERT INTO inbox (consumer, event_id, org_id, consumed_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            consumer, happened.EventId, happened.OrgId, now);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }
}

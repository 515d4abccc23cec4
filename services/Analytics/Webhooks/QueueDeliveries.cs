using PromptPlatform.Analytics.Storage;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>Notes an event for every webhook of its organisation that takes it, in the transaction of the event's inbox row: an event that was consumed has its deliveries.</summary>
internal sealed class QueueDeliveries(TimeProvider clock) : IEventConsumer<PromptEnhanced>, IEventConsumer<FeedbackSubmitted>
{
    public Task ConsumeAsync(PromptEnhanced happened, TenantTransaction transaction, CancellationToken cancellation) =>
        QueueAsync(happened, WebhookEventTypes.PromptEnhanced, WebhookPayload.Of, transaction, cancellation);

    public Task ConsumeAsync(FeedbackSubmitted happened, TenantTransaction transaction, CancellationToken cancellation) =>
        QueueAsync(happened, WebhookEventTypes.FeedbackSubmitted, WebhookPayload.Of, transaction, cancellation);

    private async Task QueueAsync<TEvent>(TEvent happened, string type, Func<TEvent, string> write, TenantTransaction transaction, CancellationToken cancellation)
        where TEvent : IPlatformEvent
    {
        var takers = await DeliveryRows.TakersAsync(transaction, type, cancellation);
        if (takers.Count == 0)
            return;
        var now = clock.GetUtcNow();
        string payload = write(happened);
        await using var batch = transaction.Batch();
        foreach (var webhookId in takers)
            DeliveryRows.Insert(batch, transaction.OrgId, webhookId, WebhookDelivery.Make(happened.EventId, type, payload, null, now));
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}

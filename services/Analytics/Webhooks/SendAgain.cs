using Grpc.Core;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Idempotency;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;
using Message = PromptPlatform.Contracts.Analytics.V1.WebhookDelivery;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>Puts deliveries on their way on demand: one that was made before, or a test.</summary>
internal sealed class SendAgain(TenantDatabase database, IdempotentRequests requests, TimeProvider clock)
{
    /// <summary>Answers POST /v1/webhooks/{id}/deliveries/{delivery}:replay. Errors: 404, 409 while the webhook is disabled or the delivery waits.</summary>
    public Task<Message> ReplayAsync(ReplayWebhookDeliveryRequest request, ServerCallContext call)
    {
        var webhookId = Webhook.ReadId(request.Id);
        var id = PublicId.Parse(WebhookDelivery.Prefix, WebhookDelivery.Noun, request.Delivery);
        return QueueAsync(call, request, webhookId, async (transaction, now, cancellation) =>
        {
            var found = await DeliveryRows.FindAsync(transaction, webhookId, id, cancellation) ?? throw RequestException.NotFound(WebhookDelivery.Noun, request.Delivery);
            if (found.Status == WebhookDelivery.Pending)
                throw RequestException.Conflict("delivery_pending", "the delivery is still on its way; wait until it is delivered or failed");
            return WebhookDelivery.Make(found.EventId, found.EventType, found.Payload, found.Id, now);
        });
    }

    /// <summary>Answers POST /v1/webhooks/{id}:test. Errors: 404, 409 while the webhook is disabled.</summary>
    public Task<Message> TestAsync(TestWebhookRequest request, ServerCallContext call)
    {
        var webhookId = Webhook.ReadId(request.Id);
        return QueueAsync(call, request, webhookId, (transaction, now, _) =>
        {
            var eventId = Guid.CreateVersion7(now);
            return Task.FromResult(WebhookDelivery.Make(eventId, WebhookEventTypes.Test, WebhookPayload.Test(eventId, transaction.OrgId, webhookId, now), null, now));
        });
    }

    private Task<Message> QueueAsync(
        ServerCallContext call, Google.Protobuf.IMessage request, Guid webhookId, Func<TenantTransaction, DateTimeOffset, CancellationToken, Task<WebhookDelivery>> make)
    {
        var orgId = call.Caller().OrgId;
        return requests.RunAsync(call, request, async cancellation =>
        {
            await using var transaction = await database.BeginAsync(orgId, cancellation);
            var webhook = await WebhookRows.FindAsync(transaction, webhookId, cancellation) ?? throw RequestException.NotFound(Webhook.Noun, PublicId.Format(Webhook.Prefix, webhookId));
            if (!webhook.IsEnabled)
                throw RequestException.Conflict("webhook_disabled", $"the webhook is disabled ({webhook.DisabledReason}); enable it first");
            var delivery = await make(transaction, clock.GetUtcNow(), cancellation);
            return new Effect<Message>(delivery.ToMessage(), webhookId, batch => DeliveryRows.Insert(batch, orgId, webhookId, delivery), Rows: 1);
        });
    }
}

using Google.Protobuf.WellKnownTypes;
using Message = PromptPlatform.Contracts.Analytics.V1.Webhook;
using DeliveryMessage = PromptPlatform.Contracts.Analytics.V1.WebhookDelivery;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>Webhooks between contract and code.</summary>
internal static class WebhookMapping
{
    public static Message ToMessage(this Webhook webhook, DateTimeOffset now) => new()
    {
        Id = webhook.PublicId,
        Url = webhook.Url,
        Events = { webhook.Events },
        Description = webhook.Description,
        Status = webhook.IsEnabled ? "enabled" : "disabled",
        DisabledReason = webhook.DisabledReason,
        ConsecutiveFailures = webhook.ConsecutiveFailures,
        FailingSince = webhook.FailingSince?.ToTimestamp(),
        LastSuccessAt = webhook.LastSuccessAt?.ToTimestamp(),
        PreviousSecretExpiresAt = webhook.PreviousSecretUntil > now ? webhook.PreviousSecretUntil?.ToTimestamp() : null,
        CreatedAt = webhook.CreatedAt.ToTimestamp(),
        UpdatedAt = webhook.UpdatedAt.ToTimestamp(),
    };

    public static DeliveryMessage ToMessage(this WebhookDelivery delivery) => new()
    {
        Id = delivery.PublicId,
        EventId = WebhookPayload.PublicEventId(delivery.EventId),
        EventType = delivery.EventType,
        Status = delivery.Status,
        Attempts = delivery.Attempts,
        CreatedAt = delivery.CreatedAt.ToTimestamp(),
        LastAttemptAt = delivery.LastAttemptAt?.ToTimestamp(),
        NextAttemptAt = delivery.Status == WebhookDelivery.Pending ? delivery.NextAttemptAt.ToTimestamp() : null,
        ResponseStatus = delivery.ResponseStatus,
        ResponseStart = delivery.ResponseStart,
        Error = delivery.Error,
        DurationMs = delivery.DurationMs,
        ReplayOf = delivery.ReplayOf is { } id ? ServiceDefaults.Text.PublicId.Format(WebhookDelivery.Prefix, id) : "",
        Payload = delivery.Payload,
    };
}

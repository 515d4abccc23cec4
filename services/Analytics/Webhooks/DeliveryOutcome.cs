namespace PromptPlatform.Analytics.Webhooks;

/// <summary>What an attempt means for its delivery and its webhook.</summary>
internal static class DeliveryOutcome
{
    /// <summary>The delivery afterwards.</summary>
    public static DeliveryState Of(ClaimedDelivery claimed, SendResult result, DateTimeOffset now)
    {
        if (result.IsSuccess)
            return new DeliveryState(WebhookDelivery.Delivered, now);
        var wait = result.IsGone ? null : RetrySchedule.Next(claimed.Attempt, claimed.DeliveryId, result.RetryAfter);
        return wait is { } delay ? new DeliveryState(WebhookDelivery.Pending, now + delay) : new DeliveryState(WebhookDelivery.Failed, now);
    }

    /// <summary>The webhook afterwards; disabled when its endpoint is gone, or has failed for long and often.</summary>
    public static Webhook Note(Webhook webhook, SendResult result, WebhookOptions options, DateTimeOffset now)
    {
        if (result.IsSuccess)
            return webhook with { ConsecutiveFailures = 0, FailingSince = null, LastSuccessAt = now };
        var failing = webhook with { ConsecutiveFailures = webhook.ConsecutiveFailures + 1, FailingSince = webhook.FailingSince ?? now };
        if (result.IsGone)
            return Disable(failing, "the endpoint answered 410 Gone", now);
        return now - failing.FailingSince >= options.DisableAfter && failing.ConsecutiveFailures >= options.DisableAfterFailures
            ? Disable(failing, $"{failing.ConsecutiveFailures} attempts failed since {failing.FailingSince:yyyy-MM-dd HH:mm}Z; the last: {result.Error}", now)
            : failing;
    }

    private static Webhook Disable(Webhook webhook, string reason, DateTimeOffset now) =>
        webhook.IsEnabled ? webhook with { IsEnabled = false, DisabledReason = reason, Revision = webhook.Revision + 1, UpdatedAt = now } : webhook;
}

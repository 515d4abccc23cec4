namespace PromptPlatform.Analytics.Webhooks;

/// <summary>Log messages of webhooks. None carries a URL, a secret or what an endpoint said.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "webhook {WebhookId} disabled after {Failures} failed attempts")]
    public static partial void WebhookDisabled(this ILogger logger, Guid webhookId, int failures);

    [LoggerMessage(2, LogLevel.Warning, "the result of delivery {DeliveryId} was not written; it is sent again")]
    public static partial void ResultNotWritten(this ILogger logger, Guid deliveryId, Exception error);

    [LoggerMessage(3, LogLevel.Error, "delivery {DeliveryId} could not be sent")]
    public static partial void DeliveryBroken(this ILogger logger, Guid deliveryId, Exception error);

    [LoggerMessage(4, LogLevel.Warning, "webhooks were not sent; it is tried again")]
    public static partial void WebhooksNotSent(this ILogger logger, Exception error);

    [LoggerMessage(5, LogLevel.Warning, "old deliveries were not forgotten; it is tried again in an hour")]
    public static partial void DeliveriesNotForgotten(this ILogger logger, Exception error);
}

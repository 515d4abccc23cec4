using Microsoft.Extensions.Logging;

namespace PromptPlatform.Messaging;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "the outbox cannot be read; it is tried again")]
    public static partial void OutboxAway(this ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Error, "event {Type} {EventId} could not be delivered; it is tried again")]
    public static partial void DeliveryFailed(this ILogger logger, string type, Guid eventId, Exception error);
}

using Microsoft.Extensions.Logging;

namespace PromptPlatform.Messaging;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "the outbox cannot be read; it is tried again")]
    public static partial void OutboxAway(this ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Error, "event {Type} {EventId} could not be sent; it is tried again")]
    public static partial void SendFailed(this ILogger logger, string type, Guid eventId, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "{Consumer} waits for its database: {Fault}")]
    public static partial void DatabaseAway(this ILogger logger, string consumer, string fault);

    [LoggerMessage(4, LogLevel.Information, "{Count} messages went from {From} back to {To}")]
    public static partial void Replayed(this ILogger logger, int count, string from, string to);

    [LoggerMessage(5, LogLevel.Debug, "event {Type} {EventId} was not sent in time; it is tried again")]
    public static partial void SendTooSlow(this ILogger logger, string type, Guid eventId, Exception error);

    [LoggerMessage(6, LogLevel.Warning, "the bus could not be started and is started again: {Fault}")]
    public static partial void BusNotStarted(this ILogger logger, string fault);

    [LoggerMessage(7, LogLevel.Error, "the outbox was not sent; it is tried again")]
    public static partial void DispatchFailed(this ILogger logger, Exception error);

    [LoggerMessage(8, LogLevel.Error, "data request {RequestId} failed; it is tried again in a minute")]
    public static partial void DataRequestFailed(this ILogger logger, Guid requestId, Exception error);

    [LoggerMessage(9, LogLevel.Warning, "data requests cannot be read; it is tried again")]
    public static partial void DataRequestsAway(this ILogger logger, Exception error);

    [LoggerMessage(10, LogLevel.Information, "data request {RequestId}: {Rows} rows of {What} came after the erasure and were erased")]
    public static partial void LateDataErased(this ILogger logger, Guid requestId, string what, int rows);

    [LoggerMessage(11, LogLevel.Debug, "{Count} events could not be sent together; each is sent alone")]
    public static partial void NotSentTogether(this ILogger logger, int count, Exception error);
}

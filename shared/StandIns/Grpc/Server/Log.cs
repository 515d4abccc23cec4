using Microsoft.Extensions.Logging;

namespace PromptPlatform.GrpcTransport;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Error when executing service method '{Method}'.")]
    public static partial void HandlerFailed(this ILogger logger, Exception exception, string method);

    [LoggerMessage(2, LogLevel.Debug, "Service method '{Method}' was aborted by the client.")]
    public static partial void AbortedByClient(this ILogger logger, Exception exception, string method);

    [LoggerMessage(3, LogLevel.Debug, "Service method '{Method}' failed after its deadline had passed.")]
    public static partial void FailedAfterDeadline(this ILogger logger, Exception exception, string method);
}

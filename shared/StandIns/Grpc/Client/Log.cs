using Microsoft.Extensions.Logging;

namespace PromptPlatform.GrpcTransport;

internal static partial class Log
{
    [LoggerMessage(10, LogLevel.Warning, "The addresses of a service could not be found.")]
    public static partial void ResolverFailed(this ILogger logger, Exception exception);
}

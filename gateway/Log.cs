namespace PromptPlatform.Gateway;

/// <summary>All log messages of the gateway. None carries a key, a token or a prompt.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "an API key could not be exchanged for audience {Audience}")]
    public static partial void ExchangeFailed(this ILogger logger, string audience, Exception error);

    [LoggerMessage(2, LogLevel.Warning, "a token for audience {Audience} could not be renewed: {Reason}")]
    public static partial void RenewalFailed(this ILogger logger, string audience, string reason);

    [LoggerMessage(3, LogLevel.Warning, "{Audience} did not answer {Route}: {Error}")]
    public static partial void UpstreamFailed(this ILogger logger, string audience, string route, string error, Exception? cause);

    [LoggerMessage(4, LogLevel.Error, "gRPC call {Path} failed")]
    public static partial void CallFailed(this ILogger logger, string path, Exception error);
}

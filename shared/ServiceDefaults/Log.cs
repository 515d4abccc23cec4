using Microsoft.Extensions.Logging;

namespace PromptPlatform.ServiceDefaults;

/// <summary>All log messages of the service defaults. None carries prompt text, tokens or keys.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "{Method} failed")]
    public static partial void HandlerFailed(this ILogger logger, string method, Exception error);

    [LoggerMessage(2, LogLevel.Error, "request to {Path} failed")]
    public static partial void RequestFailed(this ILogger logger, string path, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "{Method}: the database is away")]
    public static partial void DatabaseAway(this ILogger logger, string method, Exception error);

    [LoggerMessage(4, LogLevel.Information, "applied migration {Name} in {Milliseconds} ms")]
    public static partial void MigrationApplied(this ILogger logger, string name, long milliseconds);

    [LoggerMessage(5, LogLevel.Warning, "revocation stream broke; retrying in {Delay}")]
    public static partial void RevocationStreamBroke(this ILogger logger, TimeSpan delay, Exception error);

    [LoggerMessage(6, LogLevel.Information, "draining for {Delay}")]
    public static partial void Draining(this ILogger logger, TimeSpan delay);

    [LoggerMessage(7, LogLevel.Warning, "signing keys could not be read from auth")]
    public static partial void SigningKeysAway(this ILogger logger, Exception error);

    [LoggerMessage(8, LogLevel.Information, "token refused: {Reason}")]
    public static partial void TokenRefused(this ILogger logger, string reason);

    [LoggerMessage(10, LogLevel.Warning, "housekeeping failed; it is tried again within the hour")]
    public static partial void HousekeepingFailed(this ILogger logger, Exception error);

    [LoggerMessage(11, LogLevel.Warning, "service token for {Audience} could not be fetched")]
    public static partial void ServiceTokenAway(this ILogger logger, string audience, Exception error);

    [LoggerMessage(12, LogLevel.Warning, "revocations could not be polled")]
    public static partial void RevocationPollFailed(this ILogger logger, Exception error);

    [LoggerMessage(13, LogLevel.Information, "{Setting} changed: new connections use {Path} as it is now")]
    public static partial void TlsFilesTaken(this ILogger logger, string setting, string path);

    [LoggerMessage(14, LogLevel.Error, "changed TLS files cannot be used, the former stay in use: {Problem}")]
    public static partial void TlsFilesRefused(this ILogger logger, string problem);
}

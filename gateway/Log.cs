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

    [LoggerMessage(5, LogLevel.Warning, "the name {Name} was not found, its last addresses hold: {Reason}")]
    public static partial void LookupFailed(this ILogger logger, string name, string reason);

    [LoggerMessage(6, LogLevel.Warning, "replica {Replica} of {Cluster} fails where its siblings do not; ejected for {Time}")]
    public static partial void ReplicaEjected(this ILogger logger, string cluster, string replica, TimeSpan time);

    [LoggerMessage(7, LogLevel.Warning, "replica {Replica} of {Cluster} is not ready: it {Reason}")]
    public static partial void NotReady(this ILogger logger, string cluster, string replica, string reason);

    [LoggerMessage(8, LogLevel.Information, "replica {Replica} of {Cluster} is ready again")]
    public static partial void ReadyAgain(this ILogger logger, string cluster, string replica);

    [LoggerMessage(9, LogLevel.Warning, "the shared rate limits are away, those of this gateway hold: {Reason}")]
    public static partial void SharedLimitsAway(this ILogger logger, string reason);

    [LoggerMessage(10, LogLevel.Information, "the shared rate limits are back")]
    public static partial void SharedLimitsBack(this ILogger logger);
}

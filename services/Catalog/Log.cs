namespace PromptPlatform.Catalog;

/// <summary>All log messages of the catalogue. None carries what was searched for.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "seeded revision {Revision}: {Changed} techniques written, {Retired} retired")]
    public static partial void Seeded(this ILogger logger, int revision, int changed, int retired);

    [LoggerMessage(2, LogLevel.Information, "the database holds seed revision {Found}, newer than our {Ours}: it is left as it is")]
    public static partial void NewerSeedFound(this ILogger logger, int found, int ours);

    [LoggerMessage(3, LogLevel.Information, "snapshot {Version} with {Count} techniques")]
    public static partial void SnapshotTaken(this ILogger logger, string version, int count);

    [LoggerMessage(4, LogLevel.Warning, "the techniques cannot be read; it is tried again in {Delay}")]
    public static partial void TechniquesAway(this ILogger logger, TimeSpan delay, Exception error);
}

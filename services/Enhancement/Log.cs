namespace PromptPlatform.Enhancement;

/// <summary>All log messages of the service. None carries prompt text.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "inference did not answer ({Status}); prompts are classified by rules")]
    public static partial void InferenceAway(this ILogger logger, string status);

    [LoggerMessage(2, LogLevel.Information, "technique snapshot {Version} with {Count} techniques is in use")]
    public static partial void SnapshotTaken(this ILogger logger, string version, int count);

    [LoggerMessage(3, LogLevel.Warning, "the technique feed broke ({Status}); the last snapshot stays in use")]
    public static partial void FeedBroke(this ILogger logger, string status);

    [LoggerMessage(4, LogLevel.Error, "a composition failed its proof and the unchanged prompt was returned; enhancement {EnhancementId}")]
    public static partial void ProofFailed(this ILogger logger, Guid enhancementId);

    [LoggerMessage(5, LogLevel.Warning, "an organisation's policy overlay could not be read; the last one known or the product's policy is used")]
    public static partial void OverlayUnread(this ILogger logger, Exception error);

    [LoggerMessage(20, LogLevel.Information, "{Count} experiments of {Organizations} organisations run")]
    public static partial void ExperimentsTaken(this ILogger logger, int count, int organizations);

    [LoggerMessage(21, LogLevel.Warning, "analytics did not say which experiments run ({Status}); those last known go on")]
    public static partial void ExperimentsAway(this ILogger logger, string status);

    [LoggerMessage(30, LogLevel.Warning, "analytics did not tell what organisations have learned ({Status}); the last known stays in use")]
    public static partial void LearningUnread(this ILogger logger, string status);
}

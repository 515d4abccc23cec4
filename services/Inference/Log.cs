using PromptPlatform.Inference.Models;

namespace PromptPlatform.Inference;

/// <summary>Every log message of the service. None holds anything of a prompt.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "model {Version} serves on {Provider} after {Duration}")]
    public static partial void ModelServing(this ILogger logger, string version, string provider, TimeSpan duration);

    [LoggerMessage(6, LogLevel.Information, "model {Version} has left the memory")]
    public static partial void ModelUnloaded(this ILogger logger, string version);

    [LoggerMessage(7, LogLevel.Information, "model {Version} is loaded on {Provider} beside the serving one")]
    public static partial void ModelLoaded(this ILogger logger, string version, string provider);

    [LoggerMessage(8, LogLevel.Error, "model {Version} of stage {Stage} cannot be served; {Serving} goes on serving, the next try is in {Pause}")]
    public static partial void ModelNotSwitched(this ILogger logger, string version, string stage, string serving, TimeSpan pause, Exception fault);

    [LoggerMessage(9, LogLevel.Error, "the model that ships cannot be registered; the versions in memory go on serving")]
    public static partial void ShippedNotRegistered(this ILogger logger, Exception fault);

    [LoggerMessage(10, LogLevel.Warning, "the model registry is away; the versions in memory go on serving")]
    public static partial void RegistryAway(this ILogger logger, Exception fault);

    [LoggerMessage(11, LogLevel.Information, "the model registry answers again")]
    public static partial void RegistryBack(this ILogger logger);

    [LoggerMessage(2, LogLevel.Critical, "the model in {Folder} cannot be served; analyses are refused until the service is restarted with a good one")]
    public static partial void ModelNotLoaded(this ILogger logger, string folder, Exception fault);

    [LoggerMessage(3, LogLevel.Warning, "{Accelerator} is not there ({Reason}); the model runs on the processor")]
    public static partial void AcceleratorMissing(this ILogger logger, Accelerator accelerator, string reason);

    [LoggerMessage(4, LogLevel.Error, "a Run of {Prompts} prompts failed")]
    public static partial void RunFailed(this ILogger logger, int prompts, Exception fault);

    [LoggerMessage(5, LogLevel.Warning, "the queue was not worked off within {Timeout}; the rest is lost")]
    public static partial void DrainTimedOut(this ILogger logger, TimeSpan timeout);
}

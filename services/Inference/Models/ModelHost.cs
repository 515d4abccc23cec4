using Microsoft.Extensions.Options;

namespace PromptPlatform.Inference.Models;

/// <summary>Brings the model that ships into service beside the start of the host, and works the queues off at the stop.</summary>
internal sealed class ModelHost(IOptions<InferenceOptions> options, ModelSwitch change, ServedModels served, ILogger<ModelHost> logger) : BackgroundService
{
    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Task unloaded = Task.WhenAll(served.Clear().Select(model => model.Unloaded));
        await unloaded.WaitAsync(options.Value.Batching.DrainTimeout, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!unloaded.IsCompleted) logger.DrainTimedOut(options.Value.Batching.DrainTimeout);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A service without its model stays up and not ready, which its health says: callers then do without it.
        var folder = Path.GetFullPath(options.Value.ModelFolder, AppContext.BaseDirectory);
        try
        {
            await change.ServeAsync(ModelFiles.In(folder), stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            logger.ModelNotLoaded(folder, fault);
        }
    }
}

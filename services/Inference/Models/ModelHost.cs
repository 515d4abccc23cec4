using Microsoft.Extensions.Options;
using PromptPlatform.Inference.Registry;

namespace PromptPlatform.Inference.Models;

/// <summary>Brings a model into service beside the start of the host, follows the registry, and works the queues off at the stop.</summary>
internal sealed class ModelHost(
    IOptions<InferenceOptions> options, ShippedModel shipped, ModelSwitch change, ServedModels served, RegistryKeeper keeper, ILogger<ModelHost> logger) : BackgroundService
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
        if (!await keeper.ServeProductionAsync(stoppingToken)) await ServeShippedAsync(stoppingToken);
        await keeper.FollowAsync(stoppingToken);
    }

    private async Task ServeShippedAsync(CancellationToken stopping)
    {
        // A service without its model stays up and not ready, which its health says: callers then do without it.
        try
        {
            await change.ServeAsync(version: null, () => shipped.Files, stopping);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            logger.ModelNotLoaded(shipped.Folder, fault);
        }
    }
}

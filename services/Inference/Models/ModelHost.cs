using Microsoft.Extensions.Options;
using PromptPlatform.Inference.Batching;

namespace PromptPlatform.Inference.Models;

/// <summary>Loads and warms the model beside the start of the host, serves it, and works the queue off at the stop.</summary>
internal sealed class ModelHost(IOptions<InferenceOptions> options, TimeProvider clock, InferenceMetrics metrics, ILogger<ModelHost> logger) : BackgroundService
{
    private volatile ServingModel? serving;

    /// <summary>The model that answers; null until it is warm.</summary>
    public ServingModel? Serving => serving;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Interlocked.Exchange(ref serving, null) is not { } last) return;
        if (last.Batcher.Drain(options.Value.Batching.DrainTimeout)) last.Model.Dispose();
        else logger.DrainTimedOut(options.Value.Batching.DrainTimeout);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => Load(stoppingToken), stoppingToken);

    // A service without its model stays up and not ready, which its health says: callers then do without it.
    private void Load(CancellationToken stopping)
    {
        var settings = options.Value;
        var folder = Path.GetFullPath(settings.ModelFolder, AppContext.BaseDirectory);
        try
        {
            var started = clock.GetTimestamp();
            var model = LoadedModel.Load(folder, settings.Accelerator, settings.DeviceId, logger);
            WarmUp.Run(model, settings.Batching);
            if (stopping.IsCancellationRequested)
            {
                model.Dispose();
                return;
            }

            serving = new(model, new(settings.Batching, () => model.CreateRunner(settings.Batching), clock, metrics, logger));
            logger.ModelServing(model.Card.Version, model.Provider, clock.GetElapsedTime(started));
        }
        catch (Exception fault)
        {
            logger.ModelNotLoaded(folder, fault);
        }
    }
}

/// <summary>A warm model and the way to it.</summary>
internal sealed record ServingModel(LoadedModel Model, Batcher Batcher);

using Microsoft.Extensions.Options;

namespace PromptPlatform.Inference.Models;

/// <summary>Loads and warms the model beside the start of the host, serves it, and works the queue off at the stop.</summary>
internal sealed class ModelHost(
    IOptions<InferenceOptions> options, ServedModel served, TimeProvider clock, InferenceMetrics metrics, ILogger<ModelHost> logger) : BackgroundService
{
    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (served.Current is not { } last) return;
        served.Current = null;
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
            var model = LoadWarm(folder, settings);
            if (stopping.IsCancellationRequested)
            {
                model.Dispose();
                return;
            }

            served.Current = new(model, new(settings.Batching, () => model.CreateRunner(settings.Batching), clock, metrics, logger));
            logger.ModelServing(model.Card.Version, model.Provider, clock.GetElapsedTime(started));
        }
        catch (Exception fault)
        {
            logger.ModelNotLoaded(folder, fault);
        }
    }

    private LoadedModel LoadWarm(string folder, InferenceOptions settings)
    {
        var model = LoadedModel.Load(folder, settings.Accelerator, settings.DeviceId, logger);
        try
        {
            WarmUp.Run(model, settings.Batching);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}

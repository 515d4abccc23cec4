using Microsoft.Extensions.Options;
using PromptPlatform.Inference.Batching;

namespace PromptPlatform.Inference.Models;

/// <summary>Brings a model into memory, warm and proven, beside those that serve.</summary>
internal sealed class ModelLoader(IOptions<InferenceOptions> options, TimeProvider clock, InferenceMetrics metrics, ILogger<ModelLoader> logger)
{
    /// <summary>Loads files; takes as long as some dozens of Runs.</summary>
    /// <exception cref="Exception">The files are missing, damaged, do not belong together, answer wrongly here, or the native library is missing.</exception>
    public ServingModel Load(ModelFiles files)
    {
        // 1 load  2 labels  3 warm  4 check its answers  5 open its queue
        var settings = options.Value;
        var model = LoadedModel.Load(files, settings.Accelerator, settings.DeviceId, logger);
        try
        {
            // 2
            LabelSets.Check(model.Card);

            // 3
            WarmUp.Run(model, settings.Batching);

            // 4
            ModelChecks.Run(model, files.Checks, settings.Batching);

            // 5
            var own = metrics.Of(model.Card.Version);
            Batcher batcher = new(settings.Batching, () => model.CreateRunner(settings.Batching), clock, own, logger);
            metrics.Watch(model.Card.Version, batcher);
            return new(model, batcher, own, Unload);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private bool Unload(ServingModel model)
    {
        var timeout = options.Value.Batching.DrainTimeout;
        metrics.Forget(model.Batcher);
        if (!model.Batcher.Drain(timeout))
        {
            // A Run still reads the model's memory: it must stay.
            logger.DrainTimedOut(timeout);
            return false;
        }

        model.Model.Dispose();
        logger.ModelUnloaded(model.Version);
        return true;
    }
}

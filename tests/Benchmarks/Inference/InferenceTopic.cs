using Microsoft.Extensions.Logging.Abstractions;
using PromptPlatform.Inference.Models;

namespace PromptPlatform.Benchmarks.Inference;

/// <summary>The batcher under load beside simpler ones, and what the words behind a decision cost.</summary>
internal static class InferenceTopic
{
    public static async Task MeasureAsync(TextWriter output)
    {
        using var model = LoadedModel.Load(ModelFiles.In(Path.Combine(AppContext.BaseDirectory, "Model")), Accelerator.Cpu, deviceId: 0, NullLogger.Instance);
        await MixedLengths.HoldAsync(output, model);
        await AttributionCost.HoldAsync(output, model);
    }
}

using PromptPlatform.Inference.Batching;

namespace PromptPlatform.Inference.Models;

/// <summary>Runs the model on typical shapes before the first caller comes: the library plans its memory on the first Runs.</summary>
internal static class WarmUp
{
    /// <exception cref="Microsoft.ML.OnnxRuntime.OnnxRuntimeException">The model does not run.</exception>
    public static void Run(LoadedModel model, BatchingOptions limits)
    {
        using var runner = model.CreateRunner(limits);
        foreach (var (prompts, length) in (ReadOnlySpan<(int, int)>)[(1, 16), (1, 64), (1, model.Card.MaxTokens), (Math.Min(8, limits.MaxBatchPrompts), 32)])
        {
            var ids = new int[Math.Min(length, model.Card.MaxTokens)];
            Array.Fill(ids, model.Card.PadId);
            var batch = new int[prompts][];
            Array.Fill(batch, ids);
            runner.Run(batch);
            runner.Run(batch);
        }
    }
}

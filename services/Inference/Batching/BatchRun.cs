namespace PromptPlatform.Inference.Batching;

/// <summary>Runs prompts and gives each its part of the logits, or the fault. It never throws.</summary>
/// <param name="maxTokens">Padded tokens of one Run.</param>
/// <param name="clock">Measures.</param>
/// <param name="metrics">Receives every Run.</param>
/// <param name="logger">Receives faults.</param>
internal sealed class BatchRun(int maxTokens, TimeProvider clock, ModelMetrics metrics, ILogger logger)
{
    /// <summary>Answers prompts, longest first, on a runner that is the caller's alone.</summary>
    /// <param name="runner">Does the work.</param>
    /// <param name="prompts">Several without variants that fit one Run, or one.</param>
    public void Answer(IBatchRunner runner, ReadOnlySpan<PendingPrompt> prompts)
    {
        var started = clock.GetTimestamp();
        try
        {
            var logits = Run(runner, RowsOf(prompts));
            var computed = clock.GetElapsedTime(started);
            var size = logits.Length / prompts.Length;
            for (var i = 0; i < prompts.Length; i++)
            {
                var queued = clock.GetElapsedTime(prompts[i].EnqueuedAt, started);
                metrics.Queued(queued);
                prompts[i].Complete(new(logits.AsSpan(i * size, size).ToArray(), queued, computed, prompts.Length));
            }
        }
        catch (Exception fault)
        {
            // The callers get the fault; the worker must live on for the others.
            logger.RunFailed(prompts.Length, fault);
            foreach (var prompt in prompts) prompt.Fail(fault);
        }
    }

    // One Run; a prompt with many variants is several, each small enough for the processor's cache. Where it
    // is cut depends on the prompt alone, so that its answer is always the same.
    private float[] Run(IBatchRunner runner, int[][] rows)
    {
        var logits = new float[rows.Length * runner.Width];
        var most = Math.Max(1, maxTokens / rows[0].Length);
        for (var first = 0; first < rows.Length; first += most)
        {
            var part = rows.AsSpan(first, Math.Min(most, rows.Length - first));
            var started = clock.GetTimestamp();
            runner.Run(part).CopyTo(logits.AsSpan(first * runner.Width));
            metrics.RanBatch(part, clock.GetElapsedTime(started));
        }

        return logits;
    }

    private static int[][] RowsOf(ReadOnlySpan<PendingPrompt> prompts)
    {
        if (prompts.Length == 1) return [prompts[0].Ids, .. prompts[0].Variants];
        var rows = new int[prompts.Length][];
        for (var i = 0; i < rows.Length; i++) rows[i] = prompts[i].Ids;
        return rows;
    }
}

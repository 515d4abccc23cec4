namespace PromptPlatform.Inference.Batching;

/// <summary>One Run: its prompts get their part of the logits, or the fault. It never throws.</summary>
internal sealed class BatchRun(TimeProvider clock, ModelMetrics metrics, ILogger logger)
{
    /// <summary>Runs prompts, longest first, on a runner that is the caller's alone.</summary>
    /// <param name="runner">Does the work.</param>
    /// <param name="prompts">Several without variants, or one.</param>
    public void Answer(IBatchRunner runner, ReadOnlySpan<PendingPrompt> prompts)
    {
        var started = clock.GetTimestamp();
        try
        {
            var rows = RowsOf(prompts);
            var logits = runner.Run(rows);
            var computed = clock.GetElapsedTime(started);
            metrics.RanBatch(rows, computed);
            var size = logits.Length / prompts.Length;
            for (var i = 0; i < prompts.Length; i++)
            {
                var queued = clock.GetElapsedTime(prompts[i].EnqueuedAt, started);
                metrics.Queued(queued);
                prompts[i].Complete(new(logits.Slice(i * size, size).ToArray(), queued, computed, prompts.Length));
            }
        }
        catch (Exception fault)
        {
            // The callers get the fault; the worker must live on for the others.
            logger.RunFailed(prompts.Length, fault);
            foreach (var prompt in prompts) prompt.Fail(fault);
        }
    }

    private static int[][] RowsOf(ReadOnlySpan<PendingPrompt> prompts)
    {
        if (prompts.Length == 1) return [prompts[0].Ids, .. prompts[0].Variants];
        var rows = new int[prompts.Length][];
        for (var i = 0; i < rows.Length; i++) rows[i] = prompts[i].Ids;
        return rows;
    }
}

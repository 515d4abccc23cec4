namespace PromptPlatform.Inference.Batching;

/// <summary>One thread that takes what is queued as soon as it is free, and answers part by part.</summary>
internal sealed class BatchWorker(
    PromptQueue queue, IBatchRunner runner, int maxTokens, int maxPrompts, TimeProvider clock, InferenceMetrics metrics, ILogger logger)
{
    private readonly PendingPrompt[] taken = new PendingPrompt[maxPrompts];
    private readonly int[] lengths = new int[maxPrompts];
    private readonly int[] ends = new int[maxPrompts];

    /// <summary>Works until the queue is closed and empty.</summary>
    public void Work()
    {
        using (runner)
        {
            // 1 take  2 sort  3 split  4 run  5 answer
            for (int count; (count = queue.Take(taken)) > 0;)
            {
                var batch = taken.AsSpan(0, count);
                batch.Sort(static (a, b) => b.Ids.Length.CompareTo(a.Ids.Length));
                for (var i = 0; i < count; i++) lengths[i] = batch[i].Ids.Length;
                var parts = BatchPlan.Split(lengths.AsSpan(0, count), maxTokens, ends);

                // Shortest first: most callers wait least.
                for (var part = parts - 1; part >= 0; part--)
                {
                    var start = part == 0 ? 0 : ends[part - 1];
                    RunPart(batch[start..ends[part]]);
                }

                batch.Clear();
            }
        }
    }

    private void RunPart(ReadOnlySpan<PendingPrompt> part)
    {
        var started = clock.GetTimestamp();
        try
        {
            // 4
            var logits = runner.Run(part);
            var computed = clock.GetElapsedTime(started);
            metrics.RanBatch(part, computed);

            // 5
            for (var i = 0; i < part.Length; i++)
            {
                var own = logits.Slice(i * runner.Width, runner.Width).ToArray();
                part[i].Complete(new(own, clock.GetElapsedTime(part[i].EnqueuedAt, started), computed, part.Length));
            }
        }
        catch (Exception fault)
        {
            // The callers get the fault; the worker must live on for the others.
            logger.RunFailed(part.Length, fault);
            foreach (var prompt in part) prompt.Fail(fault);
        }
    }
}

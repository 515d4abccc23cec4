namespace PromptPlatform.Inference.Batching;

/// <summary>One thread that takes what is queued as soon as a runner is free, and answers part by part.</summary>
internal sealed class BatchWorker(PromptQueue queue, BatchRun run, int maxTokens, int maxPrompts)
{
    private readonly PendingPrompt[] taken = new PendingPrompt[maxPrompts];
    private readonly int[] lengths = new int[maxPrompts];
    private readonly int[] ends = new int[maxPrompts];

    /// <summary>Works until the queue is closed and empty.</summary>
    public void Work()
    {
        // 1 take  2 sort  3 split  4 run and answer
        for (int count; (count = queue.Take(taken, out var runner)) > 0;)
        {
            var batch = taken.AsSpan(0, count);
            batch.Sort(static (a, b) => b.Ids.Length.CompareTo(a.Ids.Length));
            for (var i = 0; i < count; i++) lengths[i] = batch[i].Ids.Length;
            var parts = BatchPlan.Split(lengths.AsSpan(0, count), maxTokens, ends);

            // Shortest first: most callers wait least.
            for (var part = parts - 1; part >= 0; part--)
            {
                var start = part == 0 ? 0 : ends[part - 1];
                run.Answer(runner!, batch[start..ends[part]]);
            }

            batch.Clear();
            queue.GiveBack(runner!);
        }
    }
}

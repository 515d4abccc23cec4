namespace PromptPlatform.Inference.Batching;

/// <summary>Brings prompts from many callers to the model in batches, without a timer: whoever is free takes what is there.</summary>
internal sealed class Batcher : IDisposable
{
    private readonly PromptQueue queue;
    private readonly BatchRun run;
    private readonly TimeProvider clock;
    private readonly ModelMetrics metrics;
    private readonly Thread[] workers;

    /// <param name="options">Queue, batch and worker limits.</param>
    /// <param name="createRunner">Called once per worker.</param>
    /// <param name="clock">Measures queueing and computing.</param>
    /// <param name="metrics">Receives depth, batches and refusals.</param>
    /// <param name="logger">Receives failed Runs.</param>
    public Batcher(BatchingOptions options, Func<IBatchRunner> createRunner, TimeProvider clock, ModelMetrics metrics, ILogger logger)
    {
        this.clock = clock;
        this.metrics = metrics;
        run = new(options.MaxBatchTokens, clock, metrics, logger);
        queue = new(options.QueueCapacity, [.. Enumerable.Range(0, options.WorkerCount).Select(_ => createRunner())]);
        workers = new Thread[options.WorkerCount];
        for (var i = 0; i < workers.Length; i++)
        {
            BatchWorker worker = new(queue, run, options.MaxBatchTokens, options.MaxBatchPrompts);
            workers[i] = new(worker.Work) { IsBackground = true, Name = $"inference {i}" };
            workers[i].Start();
        }
    }

    /// <summary>Prompts that wait.</summary>
    public int Depth => queue.Depth;

    /// <summary>Queues a prompt; null when the queue is full. While nobody waits and a runner is free, the caller's own thread runs the model.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="variants">Run with the prompt, apart from all others; mostly none.</param>
    /// <param name="caller">Cancelled when nobody waits for the reply any more.</param>
    public Task<BatchReply>? TryEnqueue(int[] ids, int[][] variants, CancellationToken caller)
    {
        PendingPrompt prompt = new(ids, variants, clock.GetTimestamp(), caller);

        // Handing a prompt to a worker and its answer back takes as long as reading a few words. Variants take long enough for a thread of their own.
        if (variants.Length == 0 && queue.TakeIdle() is { } runner)
        {
            run.Answer(runner, [prompt]);
            queue.GiveBack(runner);
            return prompt.Reply;
        }

        if (queue.TryEnqueue(prompt)) return prompt.Reply;
        metrics.Refused();
        return null;
    }

    /// <summary>Refuses new prompts and waits until the queued ones are answered.</summary>
    /// <returns>False when they were not within the time.</returns>
    public bool Drain(TimeSpan timeout)
    {
        queue.Close();
        var started = clock.GetTimestamp();
        foreach (var worker in workers)
        {
            if (!worker.Join(Left())) return false;
        }

        return queue.DisposeRunners(Left());

        TimeSpan Left() => timeout - clock.GetElapsedTime(started) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
    }

    /// <summary>Lets the workers end by themselves.</summary>
    public void Dispose() => queue.Close();
}

namespace PromptPlatform.Inference.Batching;

/// <summary>Brings prompts from many callers to the model in batches, without a timer: whoever is free takes what is there.</summary>
internal sealed class Batcher : IDisposable
{
    private readonly PromptQueue queue;
    private readonly TimeProvider clock;
    private readonly InferenceMetrics metrics;
    private readonly Thread[] workers;

    /// <param name="options">Queue, batch and worker limits.</param>
    /// <param name="createRunner">Called once per worker.</param>
    /// <param name="clock">Measures queueing and computing.</param>
    /// <param name="metrics">Receives depth, batches and refusals.</param>
    /// <param name="logger">Receives failed Runs.</param>
    public Batcher(BatchingOptions options, Func<IBatchRunner> createRunner, TimeProvider clock, InferenceMetrics metrics, ILogger logger)
    {
        this.clock = clock;
        this.metrics = metrics;
        queue = new(options.QueueCapacity);
        metrics.Watch(queue);
        workers = new Thread[options.WorkerCount];
        for (var i = 0; i < workers.Length; i++)
        {
            BatchWorker worker = new(queue, createRunner(), options.MaxBatchTokens, options.MaxBatchPrompts, clock, metrics, logger);
            workers[i] = new(worker.Work) { IsBackground = true, Name = $"inference {i}" };
            workers[i].Start();
        }
    }

    /// <summary>Queues a prompt; null when the queue is full.</summary>
    public Task<BatchReply>? TryEnqueue(int[] ids, CancellationToken caller)
    {
        PendingPrompt prompt = new(ids, clock.GetTimestamp(), caller);
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
            var left = timeout - clock.GetElapsedTime(started);
            if (!worker.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero)) return false;
        }

        return true;
    }

    /// <summary>Lets the workers end by themselves.</summary>
    public void Dispose() => queue.Close();
}

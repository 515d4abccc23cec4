namespace PromptPlatform.Inference.Batching;

/// <summary>
/// A bounded queue between callers and workers, and the runners that are free. It refuses at once when full and never waits for
/// more to come.
/// </summary>
/// <param name="capacity">Most rows that wait; at least 1. A prompt with variants fits an empty queue whatever its rows.</param>
/// <param name="runners">One for every Run that may happen at the same time.</param>
internal sealed class PromptQueue(int capacity, IReadOnlyCollection<IBatchRunner> runners)
{
    private readonly Queue<PendingPrompt> waiting = new(Math.Min(capacity, 1024));

    // The one used last is the first to be taken: its memory is the warmest.
    private readonly Stack<IBatchRunner> free = new(runners);

    // Monitor, not Lock: workers sleep on it.
    private readonly object gate = new();
    private int rows;
    private bool closed;

    /// <summary>Prompts that wait, including those whose caller has left.</summary>
    public int Depth
    {
        get
        {
            lock (gate) return waiting.Count;
        }
    }

    /// <summary>False when the queue is full of prompts that somebody waits for, or closed.</summary>
    public bool TryEnqueue(PendingPrompt prompt)
    {
        lock (gate)
        {
            if (closed) return false;
            if (!Fits(prompt)) DropAbandoned();
            if (!Fits(prompt)) return false;
            waiting.Enqueue(prompt);
            rows += prompt.Rows;
            Monitor.Pulse(gate);
            return true;
        }
    }

    /// <summary>A free runner for a caller that runs its prompt itself, because nobody waits; else null. Give it back.</summary>
    public IBatchRunner? TakeIdle()
    {
        lock (gate) return !closed && waiting.Count == 0 && free.TryPop(out var runner) ? runner : null;
    }

    /// <summary>Takes a runner back.</summary>
    public void GiveBack(IBatchRunner runner)
    {
        lock (gate)
        {
            free.Push(runner);
            // Closed: whoever waits for the last runner must see it.
            if (closed) Monitor.PulseAll(gate);
            else if (waiting.Count > 0) Monitor.Pulse(gate);
        }
    }

    /// <summary>
    /// Waits for a prompt and a free runner and takes what is queued, as many as fit; drops those whose caller has left. A prompt
    /// with variants is taken alone. Returns 0, and no runner, only when the queue is closed and empty.
    /// </summary>
    public int Take(Span<PendingPrompt> batch, out IBatchRunner? runner)
    {
        lock (gate)
        {
            while (true)
            {
                var count = free.Count > 0 ? Dequeue(batch) : 0;
                if (count > 0 || (closed && waiting.Count == 0))
                {
                    runner = count > 0 ? free.Pop() : null;
                    return count;
                }

                Monitor.Wait(gate);
            }
        }
    }

    /// <summary>Refuses new prompts; workers finish what is queued.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits until every runner is free, and disposes of them. False when one is still in use after the time.</summary>
    public bool DisposeRunners(TimeSpan timeout)
    {
        lock (gate)
        {
            while (free.Count < runners.Count)
            {
                if (!Monitor.Wait(gate, timeout)) return false;
            }

            foreach (var runner in free) runner.Dispose();
            return true;
        }
    }

    private bool Fits(PendingPrompt prompt) => waiting.Count == 0 || rows + prompt.Rows <= capacity;

    private int Dequeue(Span<PendingPrompt> batch)
    {
        var count = 0;
        while (count < batch.Length && waiting.TryPeek(out var next))
        {
            if (next.Variants.Length > 0 && count > 0) break;
            waiting.Dequeue();
            rows -= next.Rows;
            if (next.DropIfAbandoned()) continue;
            batch[count++] = next;
            if (next.Variants.Length > 0) break;
        }

        return count;
    }

    private void DropAbandoned()
    {
        for (var left = waiting.Count; left > 0; left--)
        {
            var prompt = waiting.Dequeue();
            if (prompt.DropIfAbandoned()) rows -= prompt.Rows;
            else waiting.Enqueue(prompt);
        }
    }
}

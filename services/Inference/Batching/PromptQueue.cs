namespace PromptPlatform.Inference.Batching;

/// <summary>A bounded queue between callers and workers. It refuses at once when full and never waits for more to come.</summary>
/// <param name="capacity">Most prompts that wait; at least 1.</param>
internal sealed class PromptQueue(int capacity)
{
    private readonly Queue<PendingPrompt> waiting = new(Math.Min(capacity, 1024));

    // Monitor, not Lock: workers sleep on it.
    private readonly object gate = new();
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
            if (waiting.Count >= capacity) DropAbandoned();
            if (waiting.Count >= capacity) return false;
            waiting.Enqueue(prompt);
            Monitor.Pulse(gate);
            return true;
        }
    }

    /// <summary>
    /// Waits for a prompt and takes what is queued, as many as fit; drops those whose caller has left.
    /// Returns 0 only when the queue is closed and empty.
    /// </summary>
    public int Take(Span<PendingPrompt> batch)
    {
        lock (gate)
        {
            while (true)
            {
                var count = 0;
                while (count < batch.Length && waiting.TryDequeue(out var prompt))
                {
                    if (!prompt.DropIfAbandoned()) batch[count++] = prompt;
                }

                if (count > 0 || (closed && waiting.Count == 0)) return count;
                if (waiting.Count == 0) Monitor.Wait(gate);
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

    private void DropAbandoned()
    {
        for (var left = waiting.Count; left > 0; left--)
        {
            var prompt = waiting.Dequeue();
            if (!prompt.DropIfAbandoned()) waiting.Enqueue(prompt);
        }
    }
}

using PromptPlatform.Inference.Batching;

namespace PromptPlatform.Inference.Models;

/// <summary>
/// A warm model and the way to it. Whoever uses it holds it; when the last hold is let go, its queue is worked off and its memory
/// given back. Born with one hold, its owner's.
/// </summary>
internal sealed class ServingModel(LoadedModel model, Batcher batcher, ModelMetrics metrics, Func<ServingModel, bool> unload)
{
    private readonly TaskCompletionSource<bool> unloaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int holds = 1;

    public LoadedModel Model => model;

    public Batcher Batcher => batcher;

    public ModelMetrics Metrics => metrics;

    public string Version => model.Card.Version;

    /// <summary>Ends once the model has left the memory; false when a Run did not end in time, so that it had to stay.</summary>
    public Task<bool> Unloaded => unloaded.Task;

    /// <summary>Adds a hold; false when the last one was let go already.</summary>
    public bool TryHold()
    {
        for (var seen = Volatile.Read(ref holds); seen > 0;)
        {
            var found = Interlocked.CompareExchange(ref holds, seen + 1, seen);
            if (found == seen) return true;
            seen = found;
        }

        return false;
    }

    /// <summary>Lets a hold go.</summary>
    public void LetGo()
    {
        // Joining the worker threads is no work for a request's thread.
        if (Interlocked.Decrement(ref holds) == 0) _ = Task.Run(() => unloaded.TrySetResult(unload(this)));
    }
}

namespace PromptPlatform.Inference.Batching;

/// <summary>A tokenized prompt on its way to the model. Its task ends with the reply, a fault, or the caller's leaving.</summary>
/// <param name="ids">Token ids, at least one.</param>
/// <param name="variants">Other readings of the prompt that are run with it, each at least one id and none longer; mostly none.</param>
/// <param name="enqueuedAt">Timestamp of the <see cref="TimeProvider"/> of the batcher.</param>
/// <param name="caller">Cancelled when nobody waits for the reply any more.</param>
internal sealed class PendingPrompt(int[] ids, int[][] variants, long enqueuedAt, CancellationToken caller)
{
    // Asynchronously: the worker's thread belongs to the model, not to what callers do with a reply.
    private readonly TaskCompletionSource<BatchReply> reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int[] Ids => ids;

    public int[][] Variants => variants;

    /// <summary>Rows that the model reads for it.</summary>
    public int Rows => 1 + variants.Length;

    public long EnqueuedAt => enqueuedAt;

    public Task<BatchReply> Reply => reply.Task;

    /// <summary>True when the caller has left; then the reply's task is cancelled.</summary>
    public bool DropIfAbandoned() => caller.IsCancellationRequested && (reply.TrySetCanceled(caller) || true);

    public void Complete(in BatchReply result) => reply.TrySetResult(result);

    public void Fail(Exception fault) => reply.TrySetException(fault);
}

/// <summary>What the model said of one prompt.</summary>
/// <param name="Logits">One per label of every head, heads one after another; then those of each variant.</param>
/// <param name="Queued">From the queue's door to the start of its Run.</param>
/// <param name="Computed">Duration of its Run.</param>
/// <param name="BatchSize">Prompts in its Run.</param>
internal readonly record struct BatchReply(float[] Logits, TimeSpan Queued, TimeSpan Computed, int BatchSize);

namespace PromptPlatform.Inference.Batching;

/// <summary>One worker's way to the model, with buffers of its own.</summary>
internal interface IBatchRunner : IDisposable
{
    /// <summary>Logits per prompt.</summary>
    int Width { get; }

    /// <summary>Runs prompts padded to the first, which is the longest.</summary>
    /// <returns>The logits, prompt after prompt; valid until the next Run.</returns>
    ReadOnlySpan<float> Run(ReadOnlySpan<PendingPrompt> prompts);
}

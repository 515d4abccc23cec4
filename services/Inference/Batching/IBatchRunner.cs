namespace PromptPlatform.Inference.Batching;

/// <summary>One way to the model, with buffers of its own; used by one thread at a time.</summary>
internal interface IBatchRunner : IDisposable
{
    /// <summary>Logits per row.</summary>
    int Width { get; }

    /// <summary>Runs rows of ids padded to the longest.</summary>
    /// <returns>The logits, row after row; valid until the next Run.</returns>
    ReadOnlySpan<float> Run(ReadOnlySpan<int[]> rows);
}

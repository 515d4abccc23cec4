using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Inference.Batching;

/// <summary>Limits of the queue and of one batch. Section Inference:Batching.</summary>
internal sealed class BatchingOptions
{
    /// <summary>Prompts that may wait; the next is refused.</summary>
    [Range(1, 100_000)]
    public int QueueCapacity { get; set; } = 256;

    /// <summary>Padded tokens of one Run: 512 on a CPU, about 16384 on a GPU.</summary>
    [Range(256, 65_536)]
    public int MaxBatchTokens { get; set; } = 512;

    /// <summary>Prompts that a worker takes at a time.</summary>
    [Range(1, 1024)]
    public int MaxBatchPrompts { get; set; } = 64;

    /// <summary>Runs at the same time, each on one thread; 0 is one per core.</summary>
    [Range(0, 256)]
    public int Workers { get; set; }

    /// <summary>How long a stopping service works off its queue.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Padded tokens of the Runs that find which words moved the decision: the more, the finer for long prompts, and the slower.</summary>
    [Range(256, 65_536)]
    public int AttributionTokens { get; set; } = 2048;

    /// <summary>Rows of such Runs: the whole prompt, and the prompt without each of its words or groups of words.</summary>
    internal const int MinAttributionRows = 3, MaxAttributionRows = 33;

    internal int WorkerCount => Workers > 0 ? Workers : Environment.ProcessorCount;
}

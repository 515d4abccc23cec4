using System.Diagnostics.Metrics;
using PromptPlatform.Inference.Batching;

namespace PromptPlatform.Inference;

/// <summary>Instruments of the meter PromptPlatform.Inference. None carries anything of a prompt but its length.</summary>
internal sealed class InferenceMetrics
{
    /// <summary>Name of the meter, for the telemetry setup.</summary>
    public const string MeterName = "PromptPlatform.Inference";

    private readonly Meter meter;
    private readonly Histogram<int> batchPrompts;
    private readonly Histogram<int> batchTokens;
    private readonly Histogram<double> batchPadding;
    private readonly Histogram<double> runDuration;
    private readonly Histogram<double> analyzeDuration;
    private readonly Counter<long> refused;

    public InferenceMetrics(IMeterFactory factory)
    {
        meter = factory.Create(MeterName);
        batchPrompts = meter.CreateHistogram<int>("inference.batch.prompts", "{prompt}", "Prompts in one Run");
        batchTokens = meter.CreateHistogram<int>("inference.batch.tokens", "{token}", "Padded tokens of one Run");
        batchPadding = meter.CreateHistogram<double>("inference.batch.padding", "1", "Share of padding in the tokens of one Run");
        runDuration = meter.CreateHistogram<double>("inference.run.duration", "s", "Duration of one Run");
        analyzeDuration = meter.CreateHistogram<double>("inference.analyze.duration", "s", "From tokenizing to the reply");
        refused = meter.CreateCounter<long>("inference.refused", "{prompt}", "Prompts refused because the queue was full");
    }

    /// <summary>Reports the depth of a queue from now on.</summary>
    public void Watch(PromptQueue queue) =>
        meter.CreateObservableGauge("inference.queue.depth", () => queue.Depth, "{prompt}", "Prompts that wait");

    public void Refused() => refused.Add(1);

    public void Analyzed(TimeSpan duration) => analyzeDuration.Record(duration.TotalSeconds);

    /// <summary>Counts a Run of prompts padded to the first.</summary>
    public void RanBatch(ReadOnlySpan<PendingPrompt> part, TimeSpan duration)
    {
        var padded = part.Length * part[0].Ids.Length;
        var real = 0;
        foreach (var prompt in part) real += prompt.Ids.Length;
        batchPrompts.Record(part.Length);
        batchTokens.Record(padded);
        batchPadding.Record(1 - ((double)real / padded));
        runDuration.Record(duration.TotalSeconds);
    }
}

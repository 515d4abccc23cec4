using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PromptPlatform.Inference.Batching;

namespace PromptPlatform.Inference;

/// <summary>Instruments of the meter PromptPlatform.Inference. None carries anything of a prompt but its length and how sure the model was.</summary>
internal sealed class InferenceMetrics
{
    /// <summary>Name of the meter, for the telemetry setup.</summary>
    public const string MeterName = "PromptPlatform.Inference";

    /// <summary>Versions that get a label of their own; later ones share <c>other</c>, so that a process that swaps for months stays bounded.</summary>
    private const int MaxVersions = 16;

    private readonly ConcurrentDictionary<string, ModelMetrics> models = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Batcher, string> queues = new();
    private readonly Counter<long> swaps;

    public InferenceMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        BatchPrompts = meter.CreateHistogram<int>("inference.batch.prompts", "{prompt}", "Rows of one Run: prompts, or a prompt with its variants");
        BatchTokens = meter.CreateHistogram<int>("inference.batch.tokens", "{token}", "Padded tokens of one Run");
        BatchPadding = meter.CreateHistogram<double>("inference.batch.padding", "1", "Share of padding in the tokens of one Run");
        RunDuration = Seconds(meter, "inference.run.duration", "Duration of one Run");
        QueueDuration = Seconds(meter, "inference.queue.duration", "From the queue's door to the start of the Run");
        TokenizeDuration = Seconds(meter, "inference.tokenize.duration", "Duration of cutting a prompt into tokens");
        AnalyzeDuration = Seconds(meter, "inference.analyze.duration", "From tokenizing to the reply");
        Confidence = meter.CreateHistogram<double>(
            "inference.confidence", "1", "Calibrated probability of the most probable intent",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99] });
        Refused = meter.CreateCounter<long>("inference.refused", "{prompt}", "Prompts refused because the queue was full");
        swaps = meter.CreateCounter<long>("inference.swaps", "{swap}", "Changes of the serving version by outcome: switched or refused");
        meter.CreateObservableGauge("inference.queue.depth", ObserveDepths, "{prompt}", "Prompts that wait");
        meter.CreateObservableGauge("inference.models.loaded", () => queues.Count, "{model}", "Versions in memory, with those that still answer their last requests");
    }

    internal Histogram<int> BatchPrompts { get; }

    internal Histogram<int> BatchTokens { get; }

    internal Histogram<double> BatchPadding { get; }

    internal Histogram<double> RunDuration { get; }

    internal Histogram<double> QueueDuration { get; }

    internal Histogram<double> TokenizeDuration { get; }

    internal Histogram<double> AnalyzeDuration { get; }

    internal Histogram<double> Confidence { get; }

    internal Counter<long> Refused { get; }

    /// <summary>The instruments with the label of one version.</summary>
    public ModelMetrics Of(string version)
    {
        if (models.TryGetValue(version, out var known)) return known;
        return models.Count < MaxVersions ? models.GetOrAdd(version, name => new(this, name)) : models.GetOrAdd("other", name => new(this, name));
    }

    /// <summary>Reports the depth of a version's queue until <see cref="Forget"/>.</summary>
    public void Watch(string version, Batcher batcher) => queues[batcher] = Of(version).Label;

    /// <summary>Ends <see cref="Watch"/>.</summary>
    public void Forget(Batcher batcher) => queues.TryRemove(batcher, out _);

    public void Switched() => swaps.Add(1, new KeyValuePair<string, object?>("outcome", "switched"));

    public void SwitchRefused() => swaps.Add(1, new KeyValuePair<string, object?>("outcome", "refused"));

    // The usual bounds are made for milliseconds of whole requests.
    private static Histogram<double> Seconds(Meter meter, string name, string description) => meter.CreateHistogram<double>(
        name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1] });

    private IEnumerable<Measurement<int>> ObserveDepths() =>
        queues.GroupBy(entry => entry.Value, entry => entry.Key.Depth)
            .Select(depths => new Measurement<int>(depths.Sum(), new KeyValuePair<string, object?>(ModelMetrics.LabelName, depths.Key)));
}

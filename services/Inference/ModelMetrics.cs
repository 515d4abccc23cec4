namespace PromptPlatform.Inference;

/// <summary>What is measured of one version of the model.</summary>
/// <param name="metrics">The instruments.</param>
/// <param name="label">The version, or what stands for many.</param>
internal sealed class ModelMetrics(InferenceMetrics metrics, string label)
{
    /// <summary>Name of the label.</summary>
    public const string LabelName = "model";

    private readonly KeyValuePair<string, object?> model = new(LabelName, label);

    public string Label => label;

    public void Refused() => metrics.Refused.Add(1, model);

    public void Tokenized(TimeSpan duration) => metrics.TokenizeDuration.Record(duration.TotalSeconds, model);

    public void Queued(TimeSpan duration) => metrics.QueueDuration.Record(duration.TotalSeconds, model);

    /// <summary>Counts an answer.</summary>
    /// <param name="duration">From tokenizing to the reply.</param>
    /// <param name="confidence">Calibrated probability of the most probable intent.</param>
    public void Analyzed(TimeSpan duration, double confidence)
    {
        metrics.AnalyzeDuration.Record(duration.TotalSeconds, model);
        metrics.Confidence.Record(confidence, model);
    }

    /// <summary>Counts a Run of rows padded to the longest.</summary>
    public void RanBatch(ReadOnlySpan<int[]> rows, TimeSpan duration)
    {
        var (longest, real) = (0, 0);
        foreach (var row in rows)
        {
            longest = Math.Max(longest, row.Length);
            real += row.Length;
        }

        var padded = rows.Length * longest;
        metrics.BatchPrompts.Record(rows.Length, model);
        metrics.BatchTokens.Record(padded, model);
        metrics.BatchPadding.Record(1 - ((double)real / padded), model);
        metrics.RunDuration.Record(duration.TotalSeconds, model);
    }
}

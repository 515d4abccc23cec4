using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>Instructions that work against each other or against the target.</summary>
internal static class ClashRules
{
    /// <summary>Brief and exhaustive, formal and casual.</summary>
    public static void Contradictions(LintRun run)
    {
        foreach (var (kind, first, second, _) in Reading.Contradictions.Find(run.Reading.Text, run.Reading.Hits, run.Reading.Layout.Instructions))
            run.Warn($"contradiction-{kind}", second,
                $"“{second.Of(run.Reading.Text)}” works against “{first.Of(run.Reading.Text)}”: a model follows one of them, and you do not choose which.",
                "Keep one, or say which counts more.");
    }

    /// <summary>Two data formats for one answer.</summary>
    public static void Formats(LintRun run)
    {
        var formats = run.Told("datafmt").Select(h => (h.Span, Name: h.Span.Of(run.Reading.Text).ToUpperInvariant())).DistinctBy(f => f.Name).ToList();
        // "Convert CSV to JSON" names an input and an output.
        if (formats.Count < 3)
            return;
        run.Info("format-conflict", formats[^1].Span, $"Several formats are named ({string.Join(", ", formats.Select(f => f.Name))}).", "Say which is the format of the answer.");
    }

    /// <summary>"Think step by step" for a model that does so on its own.</summary>
    public static void StepsForReasoningModel(LintRun run)
    {
        if (!run.Input.Target.Reasoning || !run.Has(Feature.Math | Feature.Logic))
            return;
        foreach (var hit in run.Told("steps").Take(1))
            run.Info("steps-for-reasoning-model", hit.Span, "The target reasons on its own; a request to go step by step costs time without a gain.", "Leave it out for this model.");
    }
}

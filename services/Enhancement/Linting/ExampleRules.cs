using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>Examples that teach the wrong thing: too few, all alike, or without an answer.</summary>
internal static class ExampleRules
{
    const int Enough = 3;

    /// <summary>All rules over the examples of the prompt.</summary>
    public static void Check(LintRun run)
    {
        var examples = run.Reading.Examples;
        var answered = examples.Where(e => e.Answer.Length > 0).ToList();
        if (answered.Count == 1 && examples.Count <= 2)
            run.Info("single-example", answered[0].Input, "With one example a model copies its particulars.", "Give two to five that differ in what may differ.");
        if (answered.Count >= Enough && answered.Select(e => e.Answer.Of(run.Reading.Text).Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1)
            run.Warn("example-imbalance", answered[^1].Answer, $"All {answered.Count} examples have the same answer; a model learns to give that one.", "Add examples of the other answers.");
        if (run.Has(Feature.OpenExamples) && (answered.Count > 0 ? run.Told("example").Any() ? default : answered[^1].Answer : run.Told("becomes").Concat(run.Told("more")).Select(h => h.Span).FirstOrDefault()) is { Length: > 0 } seam)
            run.Info("undelimited-examples", seam, "Examples and open items stand in one list; nothing shows where the examples end.", "Put the examples under a heading or a tag of their own.");
        // The last one is the question.
        foreach (var open in examples.SkipLast(1).Where(e => e.Answer.Length == 0).Take(3))
            run.Info("example-without-answer", open.Input, "This example has no answer.", "Add it, or leave the example out.");
    }
}

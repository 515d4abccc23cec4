using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>Runs all rules over a reading.</summary>
internal static class Linter
{
    const int MaxFindings = 100;

    static readonly Action<LintRun>[] Rules =
    [
        ClashRules.Contradictions, ClashRules.Formats, ClashRules.StepsForReasoningModel,
        InputRules.MissingInput, InputRules.LooseMaterial, InputRules.LateQuestion, InputRules.Injection, InputRules.OpenPlaceholder, InputRules.Sensitive,
        WordingRules.Filler, WordingRules.Politeness, WordingRules.Vague, WordingRules.NegativeOnly, WordingRules.AmbiguousStart,
        WordingRules.ExpertPersona, WordingRules.Stakes,
        ShapeRules.Shouting, ShapeRules.Exclamations, ShapeRules.Repetition, ShapeRules.InstructionLoad, ShapeRules.SeveralTasks, ShapeRules.NoTask,
    ];

    /// <summary>The findings, by position.</summary>
    public static IReadOnlyList<LintFinding> Check(PromptReading reading, PromptInput input)
    {
        var run = new LintRun(reading, input);
        foreach (var rule in Rules)
            rule(run);
        return [.. run.Findings.OrderBy(f => f.Span.Start).ThenBy(f => f.Rule, StringComparer.Ordinal).Take(MaxFindings)];
    }
}

/// <summary>One run over a prompt: what is known and what was found.</summary>
internal sealed class LintRun(PromptReading reading, PromptInput input)
{
    public List<LintFinding> Findings { get; } = [];

    public PromptReading Reading => reading;

    public PromptInput Input => input;

    public bool Has(Feature feature) => (reading.Features & feature) != 0;

    /// <summary>Hits of a category inside the instructions.</summary>
    public IEnumerable<LexiconHit> Told(string category) =>
        reading.Hits.Of(category).Where(h => reading.Layout.Instructions.Any(r => r.Contains(h.Span)));

    public void Warn(string rule, TextSpan span, string message, string? fix = null) => Findings.Add(new(rule, "warning", span, message, fix));

    public void Info(string rule, TextSpan span, string message, string? fix = null) => Findings.Add(new(rule, "info", span, message, fix));

    public void Error(string rule, TextSpan span, string message, string? fix = null) => Findings.Add(new(rule, "error", span, message, fix));
}

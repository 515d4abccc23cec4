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
        WordingRules.Hedges, WordingRules.OpenLists, WordingRules.RepeatedWord, WordingRules.SeveralRoles,
        ShapeRules.Shouting, ShapeRules.Exclamations, ShapeRules.Repetition, ShapeRules.InstructionLoad, ShapeRules.SeveralTasks, ShapeRules.NoTask,
        SizeRules.LongSentence, SizeRules.WallOfText, SizeRules.ManyConditions, SizeRules.ExactCount, SizeRules.CountClash, SizeRules.LimitClash, SizeRules.ShareClash,
        SyntaxRules.OpenFence, SyntaxRules.OpenTag, SyntaxRules.OpenBracket, SyntaxRules.BrokenJson, SyntaxRules.MixedPlaceholders, SyntaxRules.UnfinishedEnd,
        CharacterRules.Invisible, CharacterRules.MixedScripts,
        SectionRules.Empty, SectionRules.Twice, SectionRules.Numbering,
        ExampleRules.Check,
        KnowledgeRules.Freshness, KnowledgeRules.Links, KnowledgeRules.Attachments, KnowledgeRules.Hallucination,
        AnswerRules.JsonWithoutFields, AnswerRules.ScaleWithoutAnchors, AnswerRules.ClassesNotNamed, AnswerRules.LanguageNotNamed,
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

    public bool Has(Feature feature) => reading.Features.HasAny(feature);

    /// <summary>Hits of a category inside the instructions.</summary>
    public IEnumerable<LexiconHit> Told(string category) =>
        reading.Hits.Of(category).Where(h => reading.Layout.Instructions.Any(r => r.Contains(h.Span)));

    /// <summary>Hits of a category in sentences that give an order: "how many" asks, "some people" tells.</summary>
    public IEnumerable<LexiconHit> Ordered(string category) => Told(category).Where(h =>
    {
        var text = reading.Text;
        var start = SentenceStart.Of(text, h.Span.Start);
        var orders = reading.Hits.Of("instruct").Where(i => i.Span.Start >= start);
        if (SentenceStart.IsWide(text, start))
            return orders.Any(i => i.Span.End <= h.Span.Start || i.Span.Start - start < 60);
        var courtesy = Courtesy(start);
        return orders.Any(i => i.Span.End <= h.Span.Start && (SentenceStart.At(text, i.Span.Start) || i.Span.Start <= courtesy));
    });

    // "Could you please write": how far courtesy at the beginning of a sentence reaches, and the few letters to the order.
    int Courtesy(int start) => reading.Hits.Of("polite").Concat(reading.Hits.Of("hedge"))
        .Where(p => p.Span.Start >= start && p.Span.Start - start <= 2).Select(p => p.Span.End + 8).DefaultIfEmpty(-1).Max();

    public void Warn(string rule, TextSpan span, string message, string? fix = null, LintEdit? edit = null) => Findings.Add(new(rule, "warning", span, message, fix, edit));

    public void Info(string rule, TextSpan span, string message, string? fix = null, LintEdit? edit = null) => Findings.Add(new(rule, "info", span, message, fix, edit));

    public void Error(string rule, TextSpan span, string message, string? fix = null, LintEdit? edit = null) => Findings.Add(new(rule, "error", span, message, fix, edit));

    /// <summary>Takes <paramref name="span"/> out, with the space and the comma that would be left over.</summary>
    public LintEdit Without(TextSpan span)
    {
        var text = reading.Text;
        if (span.End < text.Length && text[span.End] == ' ' && (span.Start == 0 || char.IsWhiteSpace(text[span.Start - 1])))
            return new(span with { End = span.End + 1 }, "");
        var start = span.Start;
        if (span.End == text.Length || !char.IsLetterOrDigit(text[span.End]))
        {
            start -= start > 0 && text[start - 1] == ' ' ? 1 : 0;
            start -= start > 0 && text[start - 1] == ',' ? 1 : 0;
        }
        return new(span with { Start = start }, "");
    }
}

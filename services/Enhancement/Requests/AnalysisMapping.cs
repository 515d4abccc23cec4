using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Composition;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>What was read from a prompt, as the public answer.</summary>
internal static class AnalysisMapping
{
    public static Analysis ToAnalysis(PromptAnalysis read, string prompt, bool explain)
    {
        var classification = read.Classification;
        var analysis = new Analysis
        {
            Intent = classification.Intent,
            IntentConfidence = Round(classification.IntentConfidence),
            Domain = classification.Domain,
            DomainConfidence = Round(classification.DomainConfidence),
            Complexity = classification.Complexity,
            Language = read.Language,
            Abstained = classification.Abstained,
            Truncated = classification.Truncated,
        };
        analysis.Alternatives.AddRange(classification.Alternatives.Select(a => new Alternative { Intent = a.Label, Confidence = Round(a.Probability) }));
        analysis.Entities.AddRange(read.Entities.Select(e => new Entity { Kind = e.Kind, Text = e.Span.Of(prompt), Start = e.Span.Start, End = e.Span.End }));
        analysis.Missing.AddRange(read.Missing.Select(m => new Contracts.Enhancement.V1.MissingInformation { Slot = m.Slot, Question = m.Question, Weight = m.Weight }));
        if (explain)
            analysis.Lint.AddRange(read.Lint.Select(ToFinding));
        return analysis;
    }

    private static LintFinding ToFinding(Linting.LintFinding finding, int index)
    {
        var mapped = new LintFinding { Id = LintFix.IdOf(index), Rule = finding.Rule, Severity = finding.Severity, Start = finding.Span.Start, End = finding.Span.End, Message = finding.Message };
        if (finding.Fix is not null)
            mapped.Fix = finding.Fix;
        if (finding.Edit is { } edit)
            mapped.Edit = new LintEdit { Start = edit.Span.Start, End = edit.Span.End, Replacement = edit.Replacement };
        return mapped;
    }

    private static double Round(double probability) => Math.Round(probability, 4);
}

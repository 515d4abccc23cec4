using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>Applied and declined techniques, as the public answer.</summary>
internal static class TechniqueMapping
{
    public static Contracts.Enhancement.V1.AppliedTechnique ToApplied(Techniques.AppliedTechnique applied)
    {
        var mapped = new Contracts.Enhancement.V1.AppliedTechnique { TechniqueId = applied.TechniqueId, Reason = applied.Reason, Score = Math.Round(applied.Score, 4) };
        mapped.Spans.AddRange(applied.Spans.Select(s => new Span { Start = s.Start, End = s.End }));
        if (applied.Evidence is { } evidence)
            mapped.Evidence = ToEvidence(evidence);
        return mapped;
    }

    public static Contracts.Enhancement.V1.DeclinedTechnique ToDeclined(Techniques.DeclinedTechnique declined) =>
        new() { TechniqueId = declined.TechniqueId, Reason = declined.Reason };

    private static EvidenceReference ToEvidence(TechniqueEvidence evidence)
    {
        var mapped = new EvidenceReference { Paper = evidence.Paper };
        if (evidence.Arxiv is not null)
            mapped.Arxiv = evidence.Arxiv;
        if (evidence.Figure is not null)
            mapped.Figure = evidence.Figure;
        return mapped;
    }
}

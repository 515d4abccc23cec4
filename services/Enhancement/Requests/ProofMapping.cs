using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Proof;
using PromptPlatform.Enhancement.Safety;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>What was proven and what the safety scan saw, as the public answer.</summary>
internal static class ProofMapping
{
    public static Invariants ToInvariants(InvariantReport report) => new()
    {
        Identifiers = report.Identifiers,
        Numbers = report.Numbers,
        Urls = report.Urls,
        Code = report.Code,
        Placeholders = report.Placeholders,
        Negations = report.Negations,
        Quotes = report.Quotes,
        Language = report.Language,
        Locked = report.Locked,
    };

    public static Contracts.Enhancement.V1.Safety ToSafety(SafetyReport report)
    {
        var safety = new Contracts.Enhancement.V1.Safety { Score = Math.Round(report.Score, 4), Action = report.Action };
        safety.Checked.AddRange(report.Checked);
        safety.Findings.AddRange(report.Findings.Select(f => new Contracts.Enhancement.V1.SafetyFinding
        {
            Category = f.Category,
            Start = f.Span.Start,
            End = f.Span.End,
            Confidence = Math.Round(f.Confidence, 4),
        }));
        return safety;
    }
}

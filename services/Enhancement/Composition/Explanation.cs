using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>Says what was applied, why, and where it stands.</summary>
internal static class Explanation
{
    /// <summary>One entry per technique, by first position in the enhanced text.</summary>
    public static IReadOnlyList<AppliedTechnique> Applied(IReadOnlyList<PolicyRule> rules, ComposedText? composed, TechniquePolicy policy, TechniqueCatalog techniques)
    {
        if (composed is null)
            return [];
        return [.. rules.GroupBy(r => r.Technique, StringComparer.Ordinal)
            .Where(g => composed.Lines.Any(l => l.Technique == g.Key) || composed.Pieces.Count > 1)
            .Select(g => new AppliedTechnique(
                g.Key, string.Join(' ', g.Select(r => r.Reason).Distinct()), techniques.EvidenceFor(policy.EvidenceOf(g.Key)),
                Spans(g.ToList(), composed), g.Max(r => r.Weight)))
            .OrderBy(a => a.Spans.Count == 0 ? int.MaxValue : a.Spans[0].Start).ThenByDescending(a => a.Score)];
    }

    static List<TextSpan> Spans(List<PolicyRule> rules, ComposedText composed)
    {
        var spans = composed.Lines.Where(l => l.Technique == rules[0].Technique).Select(l => l.Span).ToList();
        // What was set apart or moved is the material itself.
        if (spans.Count == 0 && composed.Pieces.Count > 1)
            spans.AddRange(composed.Pieces.Where(p => p.Original.Length == composed.Pieces.Max(x => x.Original.Length)).Take(1).Select(p => new TextSpan(p.At, p.At + p.Original.Length)));
        return spans;
    }
}

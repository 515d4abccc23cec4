using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>Says what was applied, why, and where it stands.</summary>
internal static class Explanation
{
    /// <summary>One entry per technique, by first position in the enhanced text.</summary>
    public static IReadOnlyList<AppliedTechnique> Applied(IReadOnlyList<PromptEdit> edits, AppliedEdits enhanced, TechniquePolicy policy, TechniqueCatalog techniques) =>
        [.. edits.SelectMany(e => e.Rules.Select(r => (Rule: r, Edit: e))).GroupBy(r => r.Rule.Technique, StringComparer.Ordinal)
            .Select(g => new AppliedTechnique(
                g.Key, string.Join(' ', g.Select(r => r.Rule.Reason).Concat(g.Select(r => r.Rule.Learned).OfType<string>()).Distinct()), techniques.EvidenceFor(policy.EvidenceOf(g.Key)),
                [.. g.Select(r => r.Edit).Distinct().SelectMany(e => Spans(e, enhanced)).OrderBy(s => s.Start)], g.Max(r => r.Rule.Weight)))
            .OrderBy(a => a.Spans[0].Start).ThenByDescending(a => a.Score)];

    // The sentences that were added; where text was moved or set apart, that text with its marks.
    static List<TextSpan> Spans(PromptEdit edit, AppliedEdits enhanced)
    {
        var placed = enhanced.Placed.Where(p => edit.Changes.Contains(p.Change)).ToList();
        var said = placed.Where(p => p.Change.Said is not null).Select(p => new TextSpan(p.At + p.Change.Said!.Value.Start, p.At + p.Change.Said.Value.End)).ToList();
        var marks = placed.Where(p => p.Change.Replacement.Length > 0).ToList();
        return said.Count > 0 ? said : [Trimmed(enhanced.Text, marks[0].At, marks[^1].At + marks[^1].Change.Replacement.Length)];
    }

    static TextSpan Trimmed(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return new(start, end);
    }
}

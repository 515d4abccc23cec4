using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>Writes other honest texts for the same prompt: other styles first, then plans that leave a part out.</summary>
internal static class VariationWriter
{
    static readonly PromptStyle[] Styles = [PromptStyle.Concise, PromptStyle.Standard, PromptStyle.Detailed];

    /// <summary>Up to as many as wanted, distinct from <paramref name="main"/> and from each other.</summary>
    public static IReadOnlyList<PromptVariation> Write(
        PromptInput input, string main, Func<PromptStyle, (PromptInput Input, TechniquePlan Plan)> select, Func<PromptInput, TechniquePlan, string?> compose)
    {
        if (input.Variations == 0)
            return [];
        var variations = new List<PromptVariation>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { main, input.Prompt };
        foreach (var (style, plan, other) in Plans(input, select))
        {
            if (variations.Count == input.Variations)
                break;
            if (compose(other, plan) is { } text && seen.Add(text))
                variations.Add(new(PolicyWords.Of(style), text, [.. plan.Rules.Select(r => r.Technique).Distinct()]));
        }
        return variations;
    }

    static IEnumerable<(PromptStyle Style, TechniquePlan Plan, PromptInput Input)> Plans(PromptInput input, Func<PromptStyle, (PromptInput, TechniquePlan)> select)
    {
        var plans = Styles.Select(s => (Style: s, Chosen: select(s))).ToList();
        foreach (var (style, (other, plan)) in plans.Where(p => p.Style != input.Style))
            yield return (style, plan, other);
        // Without the blanks to fill in; only the form; only the requirements.
        foreach (var leftOut in (string[][])[["details"], ["details", "requirements"], ["details", "format"]])
            foreach (var (style, (other, plan)) in plans.AsEnumerable().Reverse())
                yield return (style, plan with { Rules = [.. plan.Rules.Where(r => !leftOut.Contains(r.Section))] }, other);
    }
}

using System.Text.RegularExpressions;

namespace PromptPlatform.Catalog.Techniques;

/// <summary>One prompt-engineering technique: what it does, where it helps and hurts, what it needs and what speaks for it.</summary>
/// <param name="Id">Lower case words joined by hyphens, at most 64 characters; never changes.</param>
/// <param name="Requires">What must be at hand, of <see cref="TechniqueWords.Requirements"/>.</param>
/// <param name="LlmCalls">Calls of a model per prompt; 0 when it works before any prompt.</param>
/// <param name="TokenCostFactor">Size of the enhanced prompt by size of the prompt.</param>
/// <param name="Intents">The intents it fits, of the sixteen; none when it is only kept to warn of it.</param>
internal sealed partial record Technique(
    string Id,
    string Name,
    string Family,
    string What,
    IReadOnlyList<string> Helps,
    IReadOnlyList<string> Hurts,
    IReadOnlyList<string> Requires,
    string ApplyMode,
    int LlmCalls,
    double TokenCostFactor,
    string ReasoningModels,
    string SuggestedPolicy,
    Evidence Evidence,
    string? Caveat,
    IReadOnlyList<string> CombinesWith,
    IReadOnlyList<string> ConflictsWith,
    IReadOnlyList<string> Intents)
{
    /// <summary>Whether a text could be an id at all.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= 64 && IdPattern().IsMatch(text);

    /// <summary>What is wrong with the technique by itself; empty when it is right.</summary>
    public IEnumerable<string> Faults()
    {
        if (!IsId(Id))
            yield return "id is not lower case words joined by hyphens";
        foreach (var (field, text) in new[] { ("name", Name), ("what", What), ("evidence.paper", Evidence.Paper) })
        {
            if (string.IsNullOrWhiteSpace(text))
                yield return field + " is empty";
        }
        foreach (var (field, value, allowed) in Choices())
        {
            if (!allowed.Contains(value))
                yield return $"{field} {value} is none of {string.Join(", ", allowed)}";
        }
        if (LlmCalls is < 0 or > 1000)
            yield return $"llm_calls {LlmCalls} is outside 0 to 1000";
        if (TokenCostFactor is not (> 0 and <= 1000))
            yield return $"token_cost_factor {TokenCostFactor} is outside 0 to 1000";
        if (Intents.Count == 0 && SuggestedPolicy != "off")
            yield return "intents is empty, and the policy is not off";
        if (CombinesWith.Intersect(ConflictsWith).FirstOrDefault() is { } both)
            yield return $"it both combines and conflicts with {both}";
    }

    private IEnumerable<(string Field, string Value, IEnumerable<string> Allowed)> Choices() =>
    [
        ("family", Family, TechniqueWords.Families),
        ("apply_mode", ApplyMode, TechniqueWords.ApplyModes),
        ("reasoning_models", ReasoningModels, TechniqueWords.ReasoningModels),
        ("suggested_policy", SuggestedPolicy, TechniqueWords.Policies),
        .. Intents.Select(i => ("intents", i, (IEnumerable<string>)TechniqueWords.Intents)),
        .. Requires.Select(r => ("requires", r, (IEnumerable<string>)TechniqueWords.Requirements)),
    ];

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex IdPattern();
}

/// <summary>What speaks for a technique.</summary>
/// <param name="Paper">Title of the paper or guide.</param>
/// <param name="Arxiv">Its arXiv id, when that was confirmed.</param>
/// <param name="Figure">A measured result; only one that was seen at the source.</param>
internal sealed record Evidence(string Paper, string? Arxiv, string? Figure);

using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>The rules chosen so far, and what the next one must fit.</summary>
internal sealed class TechniqueChoice(TechniquePolicy policy, PromptInput input, string language, TechniqueCatalog techniques)
{
    // A placeholder costs the reader a step: in the concise style only for what the task cannot do without.
    const double EssentialDetail = 0.85;

    readonly List<PolicyRule> rules = [];
    readonly bool lean = IsLean(input);
    int lines;
    int tokens;

    /// <summary>In the order in which they were taken.</summary>
    public IReadOnlyList<PolicyRule> Rules => rules;

    /// <summary>Whether brevity or cost was asked for.</summary>
    public static bool IsLean(PromptInput input) => input.Goals.Contains("brevity") || input.Goals.Contains("cost");

    /// <summary>What <paramref name="rule"/> requires and is not there yet; null when nothing is.</summary>
    public string? Awaited(PolicyRule rule) => policy.Requires(rule).FirstOrDefault(name => !rules.Any(r => r.Id == name || r.Technique == name));

    /// <summary>Whether caller, organisation or catalogue keep the rule out, whatever else is chosen.</summary>
    public bool Bars(PolicyRule rule) => Barred(rule) is not null;

    /// <summary>Takes the rule, or says why not.</summary>
    public string? Take(PolicyRule rule)
    {
        if (Refusal(rule) is { } refusal)
            return refusal;
        rules.Add(rule);
        lines += rule.Sentences.Count;
        tokens += rule.TokensIn(language);
        return null;
    }

    /// <summary>A plan that only rearranges leaves no mark by which a second run would know it: one sentence of <paramref name="others"/> takes the place of the weakest step.</summary>
    public void SpeakAtLeastOnce(IEnumerable<PolicyRule> others)
    {
        if (rules.Count == 0 || rules.Any(r => r.Sentences.Count > 0))
            return;
        var kept = rules[..^1];
        var sentence = others.FirstOrDefault(r => r.Sentences.Count > 0 && Barred(r) is null && !Postpones(r) && Awaited(r) is null && !kept.Any(k => policy.Conflict(k, r)));
        if (sentence is not null)
            rules[^1] = sentence;
    }

    string? Refusal(PolicyRule rule) =>
        Barred(rule)
        ?? (rules.Find(r => policy.Conflict(r, rule)) is { } stronger ? $"It does not go together with {stronger.Technique}, which counts more here." : null)
        ?? (Postpones(rule) || lines + rule.Sentences.Count > Most(policy.File.Limits) || tokens + rule.TokensIn(language) > Most(policy.File.Budgets) ? $"Left out to keep the {PolicyWords.Of(input.Style)} style short." : null)
        ?? (lean && tokens + rule.TokensIn(language) > policy.File.Budgets["lean"] ? $"Left out because you asked for {(input.Goals.Contains("brevity") ? "brevity" : "low cost")}." : null)
        ?? (!rules.Any(r => r.Technique == rule.Technique) && rules.DistinctBy(r => r.Technique).Count() >= input.MaxTechniques ? $"Not among the {input.MaxTechniques} strongest that you asked for." : null);

    string? Barred(PolicyRule rule) =>
        input.Deny.Contains(rule.Technique) ? "You excluded it."
        : input.Allow.Count > 0 && !input.Allow.Contains(rule.Technique) ? "It is not among the techniques that you allowed."
        : policy.Off.Contains(rule.Technique) ? "Your organisation has switched it off."
        : techniques.Allows(rule.Technique) ? null : "It is not in the catalogue.";

    bool Postpones(PolicyRule rule) => input.Style == PromptStyle.Concise && rule.Section == "details" && rule.Weight < EssentialDetail;

    int Most(IReadOnlyDictionary<string, int> limits) =>
        Math.Min(limits[PolicyWords.Of(input.Style)], input.Target.Reasoning ? limits["reasoning"] : int.MaxValue);
}

using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>What the rules ask about: the prompt, the target and the wishes of the caller.</summary>
/// <param name="Intent">Null when the classifier was not sure.</param>
internal sealed record PolicyFacts(
    string? Intent, string Domain, string Complexity, Feature Features, string Language, ModelFamily Family, bool Reasoning, PromptStyle Style, IReadOnlyList<string> Goals);

/// <summary>A condition as it stands in the policy file; an empty list asks nothing. Every name is one of <see cref="PolicyWords"/>.</summary>
internal record PolicyCondition
{
    public IReadOnlyList<string> Intents { get; init; } = [];

    public IReadOnlyList<string> Domains { get; init; } = [];

    public IReadOnlyList<string> Complexity { get; init; } = [];

    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Features that the prompt must show.</summary>
    public IReadOnlyList<string> Has { get; init; } = [];

    /// <summary>Features that it may not show.</summary>
    public IReadOnlyList<string> Lacks { get; init; } = [];

    public IReadOnlyList<string> Families { get; init; } = [];

    public bool? Reasoning { get; init; }

    public IReadOnlyList<string> Styles { get; init; } = [];

    /// <summary>At least one of these was asked for.</summary>
    public IReadOnlyList<string> Goals { get; init; } = [];

    public IReadOnlyList<string> NotGoals { get; init; } = [];

    Feature? all;
    Feature? none;

    /// <summary>Whether everything asked holds.</summary>
    public bool Holds(PolicyFacts facts)
    {
        all ??= FeatureLogic.Set(Has);
        none ??= FeatureLogic.Set(Lacks);
        return facts.Features.HasAll(all.Value) && !facts.Features.HasAny(none.Value)
            && (Intents.Count == 0 || facts.Intent is not null && Intents.Contains(facts.Intent))
            && (Domains.Count == 0 || Domains.Contains(facts.Domain))
            && (Complexity.Count == 0 || Complexity.Contains(facts.Complexity))
            && (Languages.Count == 0 || Languages.Contains(facts.Language))
            && (Families.Count == 0 || Families.Contains(PolicyWords.Of(facts.Family)))
            && (Reasoning is null || Reasoning == facts.Reasoning)
            && (Styles.Count == 0 || Styles.Contains(PolicyWords.Of(facts.Style)))
            && (Goals.Count == 0 || Goals.Any(facts.Goals.Contains))
            && !NotGoals.Any(facts.Goals.Contains);
    }

    /// <summary>Where this condition could hold although <paramref name="bound"/> does not: property and cure; nothing when it is within the bound.</summary>
    public IEnumerable<(string Property, string Cure)> Beyond(PolicyCondition bound)
    {
        foreach (var (property, own, wide) in Lists(bound))
            if (wide.Count > 0 && (own.Count == 0 || own.Except(wide).Any()))
                yield return (property, $"name only {string.Join(", ", wide)} in {property}");
        if (bound.Reasoning is { } reasoning && Reasoning != reasoning)
            yield return ("reasoning", $"set reasoning to {(reasoning ? "true" : "false")}");
        foreach (var name in bound.Has.Where(n => !FeatureLogic.Implies(Has, n)))
            yield return ("has", $"add {name} to has");
        foreach (var name in bound.Lacks.Where(n => !FeatureLogic.RulesOut(Lacks, n)))
            yield return ("lacks", $"add {name} to lacks");
        foreach (var name in bound.NotGoals.Except(NotGoals))
            yield return ("notGoals", $"add {name} to notGoals");
    }

    IEnumerable<(string Property, IReadOnlyList<string> Own, IReadOnlyList<string> Bound)> Lists(PolicyCondition bound) =>
    [
        ("intents", Intents, bound.Intents), ("domains", Domains, bound.Domains), ("complexity", Complexity, bound.Complexity), ("languages", Languages, bound.Languages),
        ("families", Families, bound.Families), ("styles", Styles, bound.Styles), ("goals", Goals, bound.Goals),
    ];
}

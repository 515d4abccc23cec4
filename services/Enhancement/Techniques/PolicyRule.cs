using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>What the rules ask about: the prompt, the target and the wishes of the caller.</summary>
/// <param name="Intent">Null when the classifier was not sure.</param>
internal sealed record PolicyFacts(
    string? Intent, string Domain, string Complexity, Feature Features, string Language, ModelFamily Family, bool Reasoning, PromptStyle Style, IReadOnlyList<string> Goals);

/// <summary>A condition as it stands in the policy file; an empty list asks nothing.</summary>
internal record PolicyCondition
{
    public IReadOnlyList<string> Intents { get; init; } = [];

    public IReadOnlyList<string> Domains { get; init; } = [];

    public IReadOnlyList<string> Complexity { get; init; } = [];

    public IReadOnlyList<string> Languages { get; init; } = [];

    public IReadOnlyList<Feature> Has { get; init; } = [];

    public IReadOnlyList<Feature> Lacks { get; init; } = [];

    public IReadOnlyList<ModelFamily> Families { get; init; } = [];

    public bool? Reasoning { get; init; }

    public IReadOnlyList<PromptStyle> Styles { get; init; } = [];

    public IReadOnlyList<string> Goals { get; init; } = [];

    public IReadOnlyList<string> NotGoals { get; init; } = [];

    Feature? all;
    Feature? none;

    /// <summary>Whether everything asked holds.</summary>
    public bool Holds(PolicyFacts facts)
    {
        all ??= Has.Aggregate(Feature.None, (a, f) => a | f);
        none ??= Lacks.Aggregate(Feature.None, (a, f) => a | f);
        return facts.Features.HasAll(all.Value) && !facts.Features.HasAny(none.Value)
            && (Intents.Count == 0 || facts.Intent is not null && Intents.Contains(facts.Intent))
            && (Domains.Count == 0 || Domains.Contains(facts.Domain))
            && (Complexity.Count == 0 || Complexity.Contains(facts.Complexity))
            && (Languages.Count == 0 || Languages.Contains(facts.Language))
            && (Families.Count == 0 || Families.Contains(facts.Family))
            && (Reasoning is null || Reasoning == facts.Reasoning)
            && (Styles.Count == 0 || Styles.Contains(facts.Style))
            && (Goals.Count == 0 || Goals.Any(facts.Goals.Contains))
            && !NotGoals.Any(facts.Goals.Contains);
    }
}

/// <summary>A rule that applies a technique.</summary>
internal sealed record PolicyRule : PolicyCondition
{
    public required string Id { get; init; }

    public required string Technique { get; init; }

    /// <summary>What to do beyond adding sentences.</summary>
    public string? Action { get; init; }

    public IReadOnlyList<string> Sentences { get; init; } = [];

    /// <summary>details, requirements, format, input or end.</summary>
    public string? Section { get; init; }

    public required double Weight { get; init; }

    public required string Reason { get; init; }

    /// <summary>Whether it also mends prompts that are already good.</summary>
    public bool Repairs { get; init; }
}

/// <summary>A rule that says why a technique was not applied.</summary>
internal sealed record DeclineRule : PolicyCondition
{
    public required string Technique { get; init; }

    public required double Weight { get; init; }

    public required string Reason { get; init; }
}

/// <summary>A rule that says what only the user can tell.</summary>
internal sealed record SlotRule : PolicyCondition
{
    public required string Slot { get; init; }

    public required double Weight { get; init; }
}

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>What the policy knows of a technique, whichever rule applies it. One that no rule applies is linted, declined or needs something: exactly one of these.</summary>
internal sealed record TechniqueFacts
{
    /// <summary>Id of the technique in the catalogue whose evidence stands for it.</summary>
    public required string Evidence { get; init; }

    /// <summary>Techniques that may not be applied beside it; the weaker yields. Either side may name the other.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];

    /// <summary>Features that every rule of it must ask for, and techniques that must be applied before it.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>The line of do no harm: no rule of it, of the product or of an organisation, may hold beyond.</summary>
    public PolicyCondition? Within { get; init; }

    /// <summary>Rules of the linter that find its absence.</summary>
    public IReadOnlyList<string> Lint { get; init; } = [];

    /// <summary>Why it is not applied although it could be.</summary>
    public string? Declined { get; init; }

    /// <summary>What it would need, of <see cref="PolicyWords.Needs"/>.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Why it is not applied, for the user; null where a rule applies it or the linter looks for it.</summary>
    public string? Refusal() => Declined ?? (Needs.Count == 0 ? null : $"It would need {string.Join(" and ", Needs.Select(n => PolicyWords.Needed[n]))}.");
}

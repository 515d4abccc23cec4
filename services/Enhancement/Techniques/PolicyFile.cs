namespace PromptPlatform.Enhancement.Techniques;

/// <summary>The policy file.</summary>
internal sealed record PolicyFile
{
    public string About { get; init; } = "";

    /// <summary>Most added lines by style, and for reasoning models.</summary>
    public required IReadOnlyDictionary<string, int> Limits { get; init; }

    /// <summary>Most added tokens by style, for reasoning models, and where brevity or cost was asked for.</summary>
    public required IReadOnlyDictionary<string, int> Budgets { get; init; }

    public required IReadOnlyList<PolicyRule> Rules { get; init; }

    public required IReadOnlyList<DeclineRule> Declines { get; init; }

    public required IReadOnlyList<SlotRule> Slots { get; init; }

    /// <summary>By id; every technique that a rule or a decline names, and every other of the catalogue.</summary>
    public required IReadOnlyDictionary<string, TechniqueFacts> Techniques { get; init; }
}

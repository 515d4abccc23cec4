using System.Collections.Frozen;
using System.Text.Json.Serialization;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Scoring;

namespace PromptPlatform.Enhancement.Techniques;

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

    /// <summary>Rules and techniques that may not be applied beside it, in addition to those of its technique; the weaker yields.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];

    /// <summary>Rules and techniques without which it is not applied, in addition to those of its technique.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>The numbers by which an organisation's learning chose it; null where the policy did. Never part of a file.</summary>
    [JsonIgnore]
    public string? Learned { get; init; }

    FrozenDictionary<string, int>? tokens;

    /// <summary>What its sentences cost in the words of <paramref name="language"/>: estimated tokens of a GPT model, one more per line for its break and its dash. English where there is no pack.</summary>
    public int TokensIn(string language)
    {
        tokens ??= Reading.Lexicons.Written.ToFrozenDictionary(l => l, l => Sentences.Sum(s => TokenEstimate.Of(LanguagePack.For(l)!.Sentences[s], Reading.ModelFamily.Gpt, l) + 1));
        return tokens.TryGetValue(language, out var cost) ? cost : tokens["en"];
    }
}

/// <summary>A rule that says why a technique was not applied.</summary>
internal sealed record DeclineRule : PolicyCondition
{
    public required string Technique { get; init; }

    public required double Weight { get; init; }

    /// <summary>Left out: what is said of the technique itself, why it is declined or what it would need.</summary>
    public string? Reason { get; init; }
}

/// <summary>A rule that says what only the user can tell.</summary>
internal sealed record SlotRule : PolicyCondition
{
    public required string Slot { get; init; }

    public required double Weight { get; init; }
}

using System.Collections.Frozen;

namespace PromptPlatform.Catalog.Techniques;

/// <summary>The fixed words of the catalogue. Clients may rely on them; a new one is a change of the public API.</summary>
internal static class TechniqueWords
{
    /// <summary>In the seed: fits every intent.</summary>
    public const string AnyIntent = "any";

    public static readonly IReadOnlyList<string> Intents =
    [
        "code_generation", "code_debugging", "math_reasoning", "reasoning_analysis", "factual_qa", "explanation", "summarization", "translation",
        "rewriting", "creative_writing", "professional_writing", "brainstorming", "classification", "information_extraction", "planning_advice", "roleplay_chat",
    ];

    public static readonly IReadOnlyList<string> Families =
    [
        "context-management", "decomposition", "efficiency", "ensembling", "evaluation", "few-shot", "meta-prompting", "multilingual",
        "retrieval-tool-use", "role-style", "safety", "self-criticism", "structure-format", "thought-generation", "zero-shot",
    ];

    public static readonly IReadOnlyList<string> ApplyModes = ["inline", "scaffold", "lint", "orchestrate", "optimize"];

    public static readonly IReadOnlyList<string> ReasoningModels = ["use", "neutral", "avoid"];

    public static readonly IReadOnlyList<string> Policies = ["default-on", "on-match", "opt-in", "off"];

    public static readonly FrozenSet<string> Requirements = FrozenSet.Create(
        StringComparer.Ordinal, "examples", "multi_turn", "tools", "multiple_samples", "labelled_data", "retrieval_corpus", "large_model");
}

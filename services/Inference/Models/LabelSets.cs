namespace PromptPlatform.Inference.Models;

/// <summary>The labels that the contract promises for the heads that every model has. A model may order them as it likes.</summary>
internal static class LabelSets
{
    private static readonly (string Head, string[] Labels)[] Promised =
    [
        (ModelCard.Intent,
        [
            "code_generation", "code_debugging", "math_reasoning", "reasoning_analysis", "factual_qa", "explanation", "summarization", "translation", "rewriting",
            "creative_writing", "professional_writing", "brainstorming", "classification", "information_extraction", "planning_advice", "roleplay_chat",
        ]),
        (ModelCard.Domain,
        [
            "software", "data_ml", "business", "marketing", "legal", "medical_health", "education", "science_math", "creative_arts", "personal_lifestyle", "finance",
            "general",
        ]),
        (ModelCard.Complexity, ["simple", "moderate", "complex"]),
    ];

    /// <summary>Stops a model whose heads answer with other labels.</summary>
    /// <exception cref="InvalidDataException">A label is missing or unknown.</exception>
    public static void Check(ModelCard card)
    {
        foreach (var (name, promised) in Promised)
        {
            var labels = card.Head(name).Labels;
            string[] missing = [.. promised.Except(labels)], unknown = [.. labels.Except(promised)];
            if (missing.Length + unknown.Length == 0) continue;
            throw new InvalidDataException($"model.json: head {name} has other labels than the contract: missing [{string.Join(", ", missing)}], unknown [{string.Join(", ", unknown)}]");
        }
    }
}

using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Analytics.Learning;

/// <summary>What effectiveness is asked for; checked. An empty part does not restrict.</summary>
internal sealed record EffectivenessQuery(string Technique, string Intent, string Target, int Limit, string? After)
{
    private const int MaxTechnique = 64;

    private static readonly string[] s_intents =
    [
        "code_generation", "code_debugging", "math_reasoning", "reasoning_analysis", "factual_qa", "explanation", "summarization", "translation",
        "rewriting", "creative_writing", "professional_writing", "brainstorming", "classification", "information_extraction", "planning_advice", "roleplay_chat",
    ];

    private static readonly string[] s_targets = ["generic", "gpt", "claude", "gemini", "llama"];

    /// <summary>Checks a request; throws what is wrong with it.</summary>
    public static EffectivenessQuery Of(ListEffectivenessRequest request)
    {
        // Within a URL, so no 413: that is for bodies.
        if (request.Technique.Length > MaxTechnique)
            throw ServiceDefaults.Errors.RequestException.Invalid("technique", $"has {request.Technique.Length} characters; give the id of a technique, of at most {MaxTechnique}");
        TextRules.CheckText("technique", request.Technique, MaxTechnique);
        return new(request.Technique, TextRules.OneOf("intent", request.Intent, "", s_intents), TextRules.OneOf("target", request.Target, "", s_targets), TextRules.PageSize(request.Limit, 50, 200), Cursor.Read(request.Cursor));
    }

    /// <summary>Whether a cell is asked for and lies behind the page before.</summary>
    public bool Wants(LearningCell cell) =>
        cell.Technique != LearningCell.Usual && (Technique.Length == 0 || cell.Technique == Technique) && (Intent.Length == 0 || cell.Intent == Intent)
        && (Target.Length == 0 || cell.Target == Target) && (After is null || string.CompareOrdinal(PlaceOf(cell), After) > 0);

    /// <summary>Where a cell stands in the list.</summary>
    public static string PlaceOf(LearningCell cell) => $"{cell.Technique}\n{cell.Intent}\n{cell.Target}";
}

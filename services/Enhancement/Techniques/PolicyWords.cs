using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Every name that a policy may use, besides features, techniques and sentences.</summary>
internal static class PolicyWords
{
    public static readonly string[] Intents =
    [
        "code_generation", "code_debugging", "math_reasoning", "reasoning_analysis", "factual_qa", "explanation", "summarization", "translation",
        "rewriting", "creative_writing", "professional_writing", "brainstorming", "classification", "information_extraction", "planning_advice", "roleplay_chat",
    ];

    public static readonly string[] Domains =
    [
        "software", "data_ml", "business", "marketing", "legal", "medical_health", "education", "science_math", "creative_arts", "personal_lifestyle", "finance", "general",
    ];

    public static readonly string[] Complexities = ["simple", "moderate", "complex"];

    public static readonly string[] Goals = ["accuracy", "brevity", "creativity", "cost", "safety"];

    public static readonly string[] Families = ["generic", "gpt", "claude", "gemini", "llama"];

    public static readonly string[] Styles = ["concise", "standard", "detailed"];

    /// <summary>Whose limit of lines and tokens there is: each style's, and that for models which reason on their own.</summary>
    public static readonly string[] Limits = [.. Styles, "reasoning"];

    /// <summary>The same for tokens: <c>lean</c> counts when brevity or cost was asked for.</summary>
    public static readonly string[] Budgets = [.. Limits, "lean"];

    public static readonly string[] Sections = ["details", "requirements", "format", "input", "end"];

    public static readonly string[] Actions = ["add-input", "name-clash", "wrap-material", "material-first", "repeat-task", "name-language"];

    /// <summary>What a technique may need that a prompt alone does not bring.</summary>
    public static readonly IReadOnlyDictionary<string, string> Needed = new Dictionary<string, string>
    {
        ["several-calls"] = "several calls of the model",
        ["samples"] = "several answers of the model to choose among",
        ["conversation"] = "a conversation that goes back and forth",
        ["tools"] = "tools that the model can call",
        ["retrieval"] = "a collection of texts to search",
        ["examples"] = "examples of yours",
        ["labelled-data"] = "examples whose right answers are known",
        ["assistant-turn"] = "a say in how the model's answer begins",
        ["helper-model"] = "a second model",
        ["several-inputs"] = "several inputs for one task",
    };

    /// <summary>Their names.</summary>
    public static readonly string[] Needs = [.. Needed.Keys];

    public static string Of(PromptStyle style) => style switch
    {
        PromptStyle.Concise => "concise",
        PromptStyle.Standard => "standard",
        PromptStyle.Detailed => "detailed",
        _ => throw new ArgumentOutOfRangeException(nameof(style), style, "is no style"),
    };

    public static string Of(ModelFamily family) => family switch
    {
        ModelFamily.Generic => "generic",
        ModelFamily.Gpt => "gpt",
        ModelFamily.Claude => "claude",
        ModelFamily.Gemini => "gemini",
        ModelFamily.Llama => "llama",
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "is no family"),
    };
}

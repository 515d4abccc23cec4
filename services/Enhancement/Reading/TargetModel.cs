namespace PromptPlatform.Enhancement.Reading;

/// <summary>Families of models that want their prompts rendered alike.</summary>
public enum ModelFamily
{
    /// <summary>Anything else: plain headings.</summary>
    Generic,

    /// <summary>Markdown headings.</summary>
    Gpt,

    /// <summary>XML sections.</summary>
    Claude,

    /// <summary>Plain headings.</summary>
    Gemini,

    /// <summary>Plain headings.</summary>
    Llama,
}

/// <summary>The model that will get the enhanced prompt.</summary>
/// <param name="Model">Name as the caller gave it, or null.</param>
/// <param name="Family">Decides the rendering.</param>
/// <param name="Reasoning">Whether the model reasons on its own before it answers.</param>
public sealed record TargetModel(string? Model, ModelFamily Family, bool Reasoning)
{
    /// <summary>No particular model.</summary>
    public static TargetModel Generic { get; } = new(null, ModelFamily.Generic, false);

    static readonly (string Prefix, ModelFamily Family, bool Reasoning)[] Known =
    [
        ("gpt-oss", ModelFamily.Gpt, true), ("gpt-5-chat", ModelFamily.Gpt, false), ("gpt-5", ModelFamily.Gpt, true),
        ("gpt-", ModelFamily.Gpt, false), ("chatgpt", ModelFamily.Gpt, false),
        ("o1", ModelFamily.Gpt, true), ("o3", ModelFamily.Gpt, true), ("o4", ModelFamily.Gpt, true),
        ("claude", ModelFamily.Claude, false),
        ("gemini-2.5-flash-lite", ModelFamily.Gemini, false), ("gemini-2.5", ModelFamily.Gemini, true), ("gemini-3", ModelFamily.Gemini, true),
        ("gemini", ModelFamily.Gemini, false), ("gemma", ModelFamily.Gemini, false),
        ("llama", ModelFamily.Llama, false), ("meta-llama", ModelFamily.Llama, false), ("codellama", ModelFamily.Llama, false),
        ("deepseek-r", ModelFamily.Generic, true), ("deepseek-reasoner", ModelFamily.Generic, true),
        ("qwq", ModelFamily.Generic, true), ("magistral", ModelFamily.Generic, true), ("grok-4", ModelFamily.Generic, true),
    ];

    /// <summary>The target that a request names; what is not given follows from the model's name.</summary>
    /// <param name="model">E.g. gpt-5 or openai/gpt-5; null or empty when not known.</param>
    /// <param name="family">gpt, claude, gemini, llama or generic; null or empty to derive it.</param>
    /// <param name="reasoning">true or false; anything else derives it.</param>
    public static TargetModel Resolve(string? model, string? family, string? reasoning)
    {
        var name = (model ?? "").Trim().ToLowerInvariant();
        var bare = name[(name.LastIndexOf('/') + 1)..];
        var known = Array.Find(Known, k => StartsWithName(bare, k.Prefix));
        return new(
            string.IsNullOrWhiteSpace(model) ? null : model,
            family switch { "gpt" => ModelFamily.Gpt, "claude" => ModelFamily.Claude, "gemini" => ModelFamily.Gemini, "llama" => ModelFamily.Llama, "generic" => ModelFamily.Generic, _ => known.Family },
            reasoning switch { "true" => true, "false" => false, _ => known.Reasoning || bare.Contains("thinking", StringComparison.Ordinal) });
    }

    // "o1" is a name of its own or goes on with a dash; "o1x" is something else.
    static bool StartsWithName(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && (name.Length == prefix.Length || prefix[0] != 'o' || !char.IsLetterOrDigit(name[prefix.Length]));
}

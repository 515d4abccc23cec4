using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Scoring;

/// <summary>Tokens by kind of character, in one language; fitted to the GPT tokenizer o200k.</summary>
/// <param name="Word">For each word of letters.</param>
/// <param name="Letter">For each letter of a word beyond the fourth.</param>
/// <param name="Accent">For each letter outside ASCII.</param>
/// <param name="Ideograph">For each Chinese character.</param>
/// <param name="Kana">For each Japanese kana.</param>
internal readonly record struct TokenWeights(double Word, double Letter, double Accent, double Ideograph, double Kana)
{
    static readonly TokenWeights English = new(0.99, 0.08, 0.14, 0.75, 0.7);

    /// <summary>The weights of <paramref name="language"/>; those of English where none were fitted.</summary>
    public static TokenWeights Of(string language) => language switch
    {
        "de" => new(1.12, 0.13, 0.43, 0.75, 0.7),
        "es" => new(1.11, 0.09, 0, 0.75, 0.7),
        "fr" => new(1.06, 0.07, 0.27, 0.75, 0.7),
        "pt" => new(1.13, 0, 0.68, 0.75, 0.7),
        "it" => new(1.17, 0.17, 0.14, 0.75, 0.7),
        "zh" => new(0.85, 0.05, 0.1, 0.81, 0.7),
        "ja" => new(0.84, 0, 0.1, 0.98, 0.66),
        _ => English,
    };

    /// <summary>Tokens of <paramref name="family"/> for one of o200k. Derived, not measured: from what the vendors say of their tokenizers.</summary>
    public static double Factor(ModelFamily family, string language) => family switch
    {
        // A token of Claude is about 3.5 characters of English, one of GPT about 4 (both vendors' guides).
        ModelFamily.Claude => 1.15,
        // Llama 3 adds 28,000 tokens for other languages to the older GPT tokenizer cl100k: halfway between the two.
        ModelFamily.Llama => language switch { "en" or "und" => 1, "zh" or "ja" => 1.17, _ => 1.08 },
        ModelFamily.Gpt or ModelFamily.Gemini or ModelFamily.Generic => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "is no family"),
    };
}

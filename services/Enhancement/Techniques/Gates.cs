using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Why a prompt is left alone.</summary>
/// <param name="Technique">The technique that the prompt already shows, or that would do harm.</param>
/// <param name="Reason">In words for the user.</param>
/// <param name="AllowsRepairs">Whether what is broken may still be mended.</param>
/// <param name="AsksNothing">Whether questions back would be out of place.</param>
internal sealed record Gate(string Technique, string Reason, bool AllowsRepairs, bool AsksNothing)
{
    /// <summary>Whether everything that only the user can tell may be asked: questions change nothing in the text.</summary>
    public bool AsksAll { get; init; }

    /// <summary>Whether <paramref name="rule"/> may pass: it mends something, or does what the caller set as a goal where the prompt only says enough.</summary>
    public bool Lets(PolicyRule rule) => AllowsRepairs && (rule.Repairs || AsksAll && rule.Goals.Count > 0);
}

/// <summary>Prompts that need nothing.</summary>
internal static class Gates
{
    /// <summary>The reason to leave the prompt alone, or null.</summary>
    public static Gate? For(PromptReading reading, PromptStyle style)
    {
        bool Has(Feature feature) => reading.Features.HasAny(feature);
        if (EngineForm.Keys(reading.Text).Count > 0)
            return new("success-criteria", "The prompt already carries it: it has been enhanced before.", false, true);
        if (Has(Feature.Greeting))
            return new("specificity-expansion", "A greeting needs no technique.", false, true);
        if (LanguagePack.For(reading.Language) is null)
            return new("answer-language-lock", "The prompt is in a language that the engine does not write; adding another would change it.", false, true);
        if (Has(Feature.PlainQuestion))
            return new("specificity-expansion", "A plain question is clear as it stands; more words would not change the answer.", false, true);
        if (Has(Feature.Closed))
            return new("specificity-expansion", "A small task whose own words settle the answer; more of them would not change it.", false, true);
        if (Has(Feature.NoTask))
            return new("specificity-expansion", "The prompt names no task; anything added would be invented.", false, false) { AsksAll = true };
        if (Has(Feature.HasExamples) && reading.Text.AsSpan().TrimEnd() is [.., ':' or '：' or '>'])
            return new("few-shot", "The examples end where the model is to go on; anything after that would break their pattern.", false, false);
        // "Make it better": what suits the text can be said once it is there.
        if (Has(Feature.MissingText) && !Has(Feature.MaterialBelow) || AwaitsItsText(reading))
            return new("specificity-expansion", "Without the text that it speaks of, anything else would be a guess.", true, true);
        // Who asks for details gets them.
        if (Has(Feature.Complete) && !Has(Feature.Expert) && style != PromptStyle.Detailed)
            return new("specificity-expansion", "The prompt already says what it needs: form, size, reader or rules. More would only be in the way.", true, false) { AsksAll = true };
        return Has(Feature.Expert)
            ? new("structural-meta-prompt", "The prompt already has a structure of its own; only repairs are made.", true, false)
            : null;
    }

    // The same prompt with the placeholder that it got: a heading is one word more.
    static bool AwaitsItsText(PromptReading reading) =>
        reading.Layout.Material is { } material && reading.Hits.Has("bare.deixis")
        && WordCounter.Count(reading.Layout.InstructionText(reading.Text)) <= MaxPointingWords + 1
        && material.Span.Of(reading.Text).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(l => !IsMark(l)).ToList() is [['{', '{', .., '}', '}']];

    static bool IsMark(string line) => line is "\"\"\"" || line.StartsWith("```", StringComparison.Ordinal) || line is ['<', .., '>'];

    const int MaxPointingWords = 4;
}

using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Classifying;

/// <summary>Where the model is known to err with confidence, and the words of the prompt say otherwise.</summary>
internal static class ModelDoubt
{
    // Names such as "python" weigh less: they say what the prompt is about, not what is to be done.
    private const int ClearWord = 2;

    /// <summary>Whether the prompt's own words speak against the intent.</summary>
    public static bool Contradicts(string intent, PromptReading reading) => intent switch
    {
        // "Compare Python and Java": two technologies side by side ask for a judgement, not for code.
        "code_generation" or "code_debugging" => Has(reading, Feature.Comparison) && !Has(reading, Feature.HasCode) && !Says(reading, "i.code_generation") && !Says(reading, "i.code_debugging"),
        // "write sql for …": what is to be written is code.
        "professional_writing" or "creative_writing" => Has(reading, Feature.Query) && !Says(reading, "i.professional_writing") && !Says(reading, "i.creative_writing"),
        _ => false,
    };

    private static bool Has(PromptReading reading, Feature feature) => reading.Features.HasAny(feature);

    private static bool Says(PromptReading reading, string category) => reading.Hits.Of(category).Any(hit => hit.Weight >= ClearWord);
}

using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>What the system messages of a conversation settle for every answer: the form, the length, the reader, the tone.</summary>
internal static class SystemMessage
{
    static readonly Feature Form = Feature.HasFormat | Feature.HasDataFormat | Feature.WantsJson;
    static readonly Feature Carried = Feature.HasLength | Feature.HasAudience | Feature.HasTone;

    /// <summary><paramref name="reading"/> with what <paramref name="system"/> settles: a line about it in the user's message could only work against it.</summary>
    public static PromptReading Settles(PromptReading reading, PromptReading system) =>
        reading with { Features = reading.Features | system.Features & Carried | (system.Features.HasAny(Form) ? Feature.HasFormat : Feature.None) };
}

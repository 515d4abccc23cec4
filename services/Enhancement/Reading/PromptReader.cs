using PromptPlatform.Enhancement.Safety;

namespace PromptPlatform.Enhancement.Reading;

/// <summary>Reads a prompt.</summary>
internal sealed class PromptReader(Lexicons lexicons)
{
    /// <summary>The reading of <paramref name="input"/>.</summary>
    public PromptReading Read(PromptInput input) =>
        new(input.Prompt, lexicons.Languages.Contains(input.Language ?? "") ? input.Language! : "und", [], [], new SafetyReport(0, "allow", ["pii", "secrets"], []));
}

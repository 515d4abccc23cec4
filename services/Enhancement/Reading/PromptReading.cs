using PromptPlatform.Enhancement.Linting;
using PromptPlatform.Enhancement.Safety;

namespace PromptPlatform.Enhancement.Reading;

/// <summary>Everything that can be read from a prompt without knowing its intent.</summary>
/// <param name="Text">The prompt as it came.</param>
/// <param name="Language">One of en de es fr pt it zh ja, or und.</param>
/// <param name="Entities">Up to 200, by position.</param>
/// <param name="Lint">Up to 100, by position.</param>
/// <param name="Safety">Personal data and secrets.</param>
public sealed record PromptReading(
    string Text, string Language, IReadOnlyList<PromptEntity> Entities, IReadOnlyList<LintFinding> Lint, SafetyReport Safety)
{
    internal PromptLayout Layout { get; init; } = PromptLayout.Whole(0, []);

    internal LexiconHits Hits { get; init; } = LexiconHits.None;

    internal IReadOnlyList<Example> Examples { get; init; } = [];

    internal Feature Features { get; init; }
}

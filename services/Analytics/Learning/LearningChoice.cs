namespace PromptPlatform.Analytics.Learning;

/// <summary>What an organisation wants of learning.</summary>
/// <param name="Personalization">Whether its prompts are enhanced by what it has learned.</param>
/// <param name="ResetAt">Enhancements made until then do not count; null: all count.</param>
/// <param name="UpdatedAt">Of the last change; null when nobody made one.</param>
/// <param name="UpdatedBy">Who made it.</param>
internal sealed record LearningChoice(bool Personalization, DateTimeOffset? ResetAt, DateTimeOffset? UpdatedAt, string UpdatedBy)
{
    /// <summary>Off, and nothing forgotten.</summary>
    public static LearningChoice Default { get; } = new(false, null, null, "");
}

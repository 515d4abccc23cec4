namespace PromptPlatform.Enhancement.Feedback;

/// <summary>Feedback as it is stored; the texts are encrypted.</summary>
internal sealed record FeedbackRow(
    Guid EnhancementId, int Revision, string Rating, int? Stars, string ChosenVariation, string Outcome, byte[]? CorrectedText, byte[]? Comment,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Enhancement.Feedback;

/// <summary>Feedback as it is stored; the texts are encrypted.</summary>
internal sealed record FeedbackRow(
    Guid EnhancementId, int Revision, string Rating, int? Stars, string ChosenVariation, string Outcome, byte[]? CorrectedText, byte[]? Comment,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>How long feedback may be changed after it was first given.</summary>
    public static readonly TimeSpan EditableFor = TimeSpan.FromDays(1);

    /// <summary>How often it can be given, the first time included: each is an event that others count.</summary>
    public const int MaxRevisions = 20;

    /// <summary>The last moment at which it may be changed.</summary>
    public DateTimeOffset EditableUntil => CreatedAt + EditableFor;

    /// <summary>Refuses a change that comes too late or once too often.</summary>
    public void RequireEditable(DateTimeOffset now)
    {
        if (now > EditableUntil)
            throw RequestException.Conflict("feedback_closed", $"this feedback was first given at {CreatedAt:yyyy-MM-dd HH:mm:ss}Z and could be changed for a day; enhance the prompt again and judge the new enhancement");
        if (Revision >= MaxRevisions)
            throw RequestException.Conflict("feedback_limit", $"this feedback was given {Revision} times, which is the limit; leave it as it is, or enhance the prompt again and judge the new enhancement");
    }
}

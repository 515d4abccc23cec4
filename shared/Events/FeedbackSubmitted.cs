namespace PromptPlatform.Events;

/// <summary>Somebody judged an enhancement, for the first time or anew.</summary>
/// <param name="EnhancementId">The enhancement.</param>
/// <param name="Rating">up, down or empty.</param>
/// <param name="PreviousRating">The rating that this one replaces; empty when there was none.</param>
/// <param name="Stars">1 to 5; null when not given.</param>
/// <param name="Outcome">completed, failed or empty.</param>
/// <param name="Actor">Who judged, as an opaque id: the key or user; empty when not told.</param>
/// <param name="Corrected">Whether a corrected text was given; the text itself stays with the enhancement.</param>
/// <param name="ChosenVariation">The id of the variation that was chosen; empty when none was.</param>
public sealed record FeedbackSubmitted(
    Guid EventId, DateTimeOffset At, Guid OrgId, Guid EnhancementId, string Rating, string PreviousRating, int? Stars, string Outcome,
    string Actor = "", bool Corrected = false, string ChosenVariation = "") : IActorEvent;

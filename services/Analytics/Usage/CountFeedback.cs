using PromptPlatform.Analytics.Events;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Usage;

/// <summary>
/// Counts the newest rating of each enhancement, on the day it was given; the one it replaces is taken back from its own day.
/// The newest feedback also stands in the facts of its enhancement. Every feedback is an event besides, the older ones too. What was replaced is read from our own rows, not from the event: events may come in any order.
/// </summary>
internal sealed class CountFeedback(TimeProvider clock) : IEventConsumer<FeedbackSubmitted>
{
    public async Task ConsumeAsync(FeedbackSubmitted happened, TenantTransaction transaction, CancellationToken cancellation)
    {
        await using (var batch = transaction.Batch())
        {
            FactRows.Set(batch, happened);
            EventRows.Add(batch, happened.OrgId, PlatformEvents.Of(happened), clock.GetUtcNow());
            await batch.ExecuteNonQueryAsync(cancellation);
        }
        var given = new Rating(happened.Rating, happened.At, happened.EventId);
        var replaced = await RatingRows.LockAsync(transaction, happened.EnhancementId, cancellation);
        if (replaced is null || given.IsNewerThan(replaced))
        {
            await RatingRows.SetAsync(transaction, happened.EnhancementId, given, cancellation);
            await UsageDayRows.AddAsync(transaction, RatingChange.Between(replaced, given), cancellation);
        }
    }
}

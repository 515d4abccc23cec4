using PromptPlatform.Analytics.Events;
using PromptPlatform.Analytics.Experiments;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Usage;

/// <summary>Keeps the facts of an enhancement, and adds it to the figures of its UTC day and to the events.</summary>
internal sealed class CountEnhancement(TimeProvider clock) : IEventConsumer<PromptEnhanced>
{
    public async Task ConsumeAsync(PromptEnhanced happened, TenantTransaction transaction, CancellationToken cancellation)
    {
        // The row of the day comes late, since all enhancements of the organisation wait for it.
        await FactRows.SetAsync(transaction, happened, cancellation);
        await Exposures.AddAsync(transaction, happened, cancellation);
        await UsageDayRows.AddAsync(transaction, UsageDays.DayOf(happened.At), happened, cancellation);
        await EventRows.AddAsync(transaction, PlatformEvents.Of(happened), clock.GetUtcNow(), cancellation);
    }
}

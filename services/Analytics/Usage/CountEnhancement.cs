using PromptPlatform.Analytics.Events;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Usage;

/// <summary>Adds an enhancement to the figures of its UTC day, and to the events.</summary>
internal sealed class CountEnhancement(TimeProvider clock) : IEventConsumer<PromptEnhanced>
{
    public async Task ConsumeAsync(PromptEnhanced happened, TenantTransaction transaction, CancellationToken cancellation)
    {
        await UsageDayRows.AddAsync(transaction, UsageDays.DayOf(happened.At), happened, cancellation);
        await EventRows.AddAsync(transaction, PlatformEvents.Of(happened), clock.GetUtcNow(), cancellation);
    }
}

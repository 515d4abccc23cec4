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
        // One round trip. The row of the day comes late, since all enhancements of the organisation wait for it.
        await using var batch = transaction.Batch();
        FactRows.Set(batch, happened);
        Exposures.Add(batch, happened);
        UsageDayRows.Add(batch, UsageDays.DayOf(happened.At), happened);
        EventRows.Add(batch, happened.OrgId, PlatformEvents.Of(happened), clock.GetUtcNow());
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}

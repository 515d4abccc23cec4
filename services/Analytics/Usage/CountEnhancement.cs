using PromptPlatform.Analytics.Storage;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Usage;

/// <summary>Adds an enhancement to the figures of its UTC day.</summary>
internal sealed class CountEnhancement : IEventConsumer<PromptEnhanced>
{
    public Task ConsumeAsync(PromptEnhanced happened, TenantTransaction transaction, CancellationToken cancellation) =>
        UsageDayRows.AddAsync(transaction, UsageDays.DayOf(happened.At), happened, cancellation);
}

using PromptPlatform.Billing.Storage;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Billing.Usage;

/// <summary>Adds the units of an enhancement to its UTC day; once per event, since the inbox row commits with it.</summary>
internal sealed class MeterEnhancement : IEventConsumer<PromptEnhanced>
{
    public Task ConsumeAsync(PromptEnhanced happened, TenantTransaction transaction, CancellationToken cancellation) =>
        UsageUnitRows.AddAsync(transaction, DateOnly.FromDateTime(happened.At.UtcDateTime), happened.Units, cancellation);
}

using PromptPlatform.Auth.Storage;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Auth.DataRequests;

/// <summary>Notes what a service did for a data request.</summary>
internal sealed class CollectReceipt : IEventConsumer<PersonalDataHandled>
{
    public Task ConsumeAsync(PersonalDataHandled happened, TenantTransaction transaction, CancellationToken cancellation) =>
        DataRequestRows.AddReceiptAsync(transaction, happened, cancellation);
}

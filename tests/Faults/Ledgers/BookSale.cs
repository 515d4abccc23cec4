using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Faults.Tests.Ledgers;

/// <summary>Books an amount. Table ledger has no unique key: what the inbox lets through twice stands there twice.</summary>
internal sealed class BookSale : IEventConsumer<PromptEnhanced>
{
    public async Task ConsumeAsync(PromptEnhanced happened, TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command("INSERT INTO ledger (event_id, amount) VALUES ($1, $2)", happened.EventId, happened.Units);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

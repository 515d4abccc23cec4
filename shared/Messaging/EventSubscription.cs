using PromptPlatform.Events;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging;

/// <summary>A consumer with its inbox, whatever brings the events.</summary>
public abstract class EventSubscription
{
    /// <summary>Delivers an event: effect and inbox row commit together. An event of another kind, or one seen before, changes nothing.</summary>
    public abstract Task DeliverAsync(IPlatformEvent happened, CancellationToken cancellation);
}

/// <summary>The subscription of one consumer to one kind of event.</summary>
internal sealed class EventSubscription<TEvent>(IEventConsumer<TEvent> consumer, TenantDatabase database, TimeProvider clock) : EventSubscription
    where TEvent : IPlatformEvent
{
    private readonly string _name = consumer.GetType().Name;

    public override async Task DeliverAsync(IPlatformEvent happened, CancellationToken cancellation)
    {
        if (happened is not TEvent mine)
            return;
        await using var transaction = await database.BeginAsync(happened.OrgId, cancellation);
        if (!await InboxRows.TryInsertAsync(transaction, _name, happened, clock.GetUtcNow(), cancellation))
            return;
        await consumer.ConsumeAsync(mine, transaction, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}

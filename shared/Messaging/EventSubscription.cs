using MassTransit;
using PromptPlatform.Events;
using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging;

/// <summary>A consumer with its inbox, whatever brings the events.</summary>
public abstract class EventSubscription
{
    /// <summary>The kind of event that it takes.</summary>
    internal abstract Type EventType { get; }

    /// <summary>Delivers an event: effect and inbox row commit together. An event of another kind, or one seen before, changes nothing.</summary>
    public abstract Task DeliverAsync(IPlatformEvent happened, CancellationToken cancellation);

    /// <summary>Takes its events from a queue of the broker.</summary>
    internal abstract void Attach(IReceiveEndpointConfigurator endpoint, PatientDelivery delivery);
}

/// <summary>The subscription of one consumer to one kind of event.</summary>
internal sealed class EventSubscription<TEvent>(IEventConsumer<TEvent> consumer, TenantDatabase database, ErasedSubjects erased, TimeProvider clock) : EventSubscription
    where TEvent : class, IPlatformEvent
{
    private readonly string _name = consumer.GetType().Name;

    internal override Type EventType => typeof(TEvent);

    public override async Task DeliverAsync(IPlatformEvent happened, CancellationToken cancellation)
    {
        if (happened is not TEvent mine)
            return;
        await using var transaction = await database.BeginAsync(happened.OrgId, cancellation);
        var arrival = await InboxRows.NoteAsync(transaction, _name, happened, erased.SubjectsOf(happened), clock.GetUtcNow(), cancellation);
        if (arrival == Arrival.Again)
        {
            MessagingMetrics.Duplicates.Add(1, new KeyValuePair<string, object?>("consumer", _name));
            return;
        }
        if (arrival == Arrival.New)
            await consumer.ConsumeAsync(mine, transaction, cancellation);
        await transaction.CommitAsync(cancellation);
        MessagingMetrics.Consumed.Add(1, new KeyValuePair<string, object?>("consumer", _name));
    }

    internal override void Attach(IReceiveEndpointConfigurator endpoint, PatientDelivery delivery) =>
        endpoint.Handler<TEvent>(context => delivery.RunAsync(_name, cancellation => DeliverAsync(EventRules.Checked(context.Message), cancellation), context.CancellationToken));
}

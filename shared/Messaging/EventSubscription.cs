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
    public Task DeliverAsync(IPlatformEvent happened, CancellationToken cancellation) => DeliverAsync([happened], cancellation);

    /// <summary>Delivers events in their order, those of an organisation in one transaction: all of them or none.</summary>
    public abstract Task DeliverAsync(IReadOnlyList<IPlatformEvent> happened, CancellationToken cancellation);

    /// <summary>Takes its events from a queue of the broker.</summary>
    internal abstract void Attach(IReceiveEndpointConfigurator endpoint, PatientDelivery delivery);
}

/// <summary>The subscription of one consumer to one kind of event.</summary>
internal sealed class EventSubscription<TEvent>(IEventConsumer<TEvent> consumer, TenantDatabase database, ErasedSubjects erased, TimeProvider clock) : EventSubscription
    where TEvent : class, IPlatformEvent
{
    private readonly string _name = consumer.GetType().Name;

    internal override Type EventType => typeof(TEvent);

    public override async Task DeliverAsync(IReadOnlyList<IPlatformEvent> happened, CancellationToken cancellation)
    {
        foreach (var organization in happened.OfType<TEvent>().GroupBy(e => e.OrgId))
            await DeliverAsync(organization.Key, [.. organization], cancellation);
    }

    private async Task DeliverAsync(Guid orgId, TEvent[] happened, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var arrivals = await InboxRows.NoteAsync(transaction, _name, [.. happened.Select(e => (e.EventId, erased.SubjectsOf(e)))], clock.GetUtcNow(), cancellation);
        var tag = new KeyValuePair<string, object?>("consumer", _name);
        MessagingMetrics.Duplicates.Add(arrivals.Count(arrival => arrival == Arrival.Again), tag);
        if (arrivals.All(arrival => arrival == Arrival.Again))
            return;
        foreach (var (one, arrival) in happened.Zip(arrivals))
        {
            if (arrival == Arrival.New)
                await consumer.ConsumeAsync(one, transaction, cancellation);
        }
        await transaction.CommitAsync(cancellation);
        MessagingMetrics.Consumed.Add(arrivals.Count(arrival => arrival != Arrival.Again), tag);
    }

    internal override void Attach(IReceiveEndpointConfigurator endpoint, PatientDelivery delivery) =>
        endpoint.Handler<TEvent>(context => delivery.RunAsync(_name, cancellation => DeliverAsync(EventRules.Checked(context.Message), cancellation), context.CancellationToken));
}

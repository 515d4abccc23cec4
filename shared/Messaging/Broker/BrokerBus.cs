using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromptPlatform.Events;

namespace PromptPlatform.Messaging.Broker;

/// <summary>
/// The bus of one service on RabbitMQ. Every queue is a quorum queue that dead-letters at least once, which needs all three of strategy,
/// reject-publish and exchange (https://www.rabbitmq.com/docs/quorum-queues#dead-lettering). Exchanges have an alternate one: the broker
/// confirms a message that reached no queue.
/// </summary>
internal static class BrokerBus
{
    /// <summary>Configures publishing of every event, and the queue of <paramref name="service"/> when it has consumers.</summary>
    public static void Configure(IServiceProvider context, IRabbitMqBusFactoryConfigurator bus, Uri address, string service)
    {
        var options = context.GetRequiredService<IOptions<MessagingOptions>>().Value;
        bus.Host(address, host =>
        {
            host.PublisherConfirmation = true;
            host.Heartbeat(TimeSpan.FromSeconds(10));
        });
        bus.Publish<IPlatformEvent>(publish => publish.Exclude = true);
        bus.Publish<IActorEvent>(publish => publish.Exclude = true);
        bus.Publish<IDataRequestEvent>(publish => publish.Exclude = true);
        foreach (var kind in EventTypes.Kinds)
            kind.Configure(bus);
        var subscriptions = context.GetServices<EventSubscription>().ToList();
        if (subscriptions.Count > 0)
            bus.ReceiveEndpoint(BrokerNames.Queue(service), endpoint => Configure(endpoint, subscriptions, options, service, context.GetRequiredService<PatientDelivery>()));
    }

    /// <summary>The exchange of one kind of event.</summary>
    public static void ConfigureKind<TEvent>(IRabbitMqBusFactoryConfigurator bus, string name) where TEvent : class, IPlatformEvent
    {
        bus.Message<TEvent>(message => message.SetEntityName(name));
        bus.Publish<TEvent>(publish => publish.BindAlternateExchangeQueue(BrokerNames.Unrouted, BrokerNames.Unrouted, queue => queue.SetQueueArgument("x-queue-type", "quorum")));
    }

    private static void Configure(
        IRabbitMqReceiveEndpointConfigurator endpoint, IReadOnlyList<EventSubscription> subscriptions, MessagingOptions options, string service, PatientDelivery delivery)
    {
        endpoint.SetQuorumQueue();
        // The exchange outlives its queue: without this, what comes after somebody deleted the queue would be confirmed and gone.
        endpoint.SetExchangeArgument("alternate-exchange", BrokerNames.Unrouted);
        endpoint.SetQueueArgument("x-delivery-limit", options.DeliveryLimit);
        endpoint.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
        endpoint.SetQueueArgument("x-overflow", "reject-publish");
        endpoint.BindDeadLetterQueue(BrokerNames.Error(service), BrokerNames.Error(service), queue => queue.SetQueueArgument("x-queue-type", "quorum"));
        endpoint.PrefetchCount = options.Prefetch;
        endpoint.ConcurrentMessageLimit = options.Concurrency;
        // The broker counts deliveries and moves what fails; the bus's own error queue would take the message away from it.
        endpoint.PublishFaults = false;
        endpoint.RethrowFaultedMessages();
        endpoint.ThrowOnSkippedMessages();
        foreach (var subscription in subscriptions)
            subscription.Attach(endpoint, delivery);
    }
}

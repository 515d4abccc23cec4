using MassTransit;
using PromptPlatform.Events;
using PromptPlatform.Messaging.Outbox;

namespace PromptPlatform.Messaging.Broker;

/// <summary>Publishes to RabbitMQ and waits for the confirm, which a quorum queue gives once a majority has the message on disk.</summary>
internal sealed class BrokerTransport(IBus bus) : IEventTransport
{
    // Confirms come in groups: waiting for each alone costs a disk write each.
    public int Parallelism => 200;

    // Nothing is gained by more: the broker confirms each.
    public int Together => 1;

    public Task SendAsync(IReadOnlyList<IPlatformEvent> happened, CancellationToken cancellation) => Task.WhenAll(happened.Select(one => SendAsync(one, cancellation)));

    private Task SendAsync(IPlatformEvent happened, CancellationToken cancellation) =>
        // A publish whose connection broke may never hear of its confirm, nor of the cancellation.
        bus.Publish(happened, happened.GetType(), Pipe.Execute<PublishContext>(context => context.MessageId = happened.EventId), cancellation).WaitAsync(cancellation);
}

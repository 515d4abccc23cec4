using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace PromptPlatform.Messaging.Broker;

/// <summary>
/// Puts messages of an error queue back to where they were going. Each is published with a confirm before it is taken from its queue:
/// a crash between the two leaves it in both places, and the inbox drops the second. Only what is there at the beginning is moved, so
/// that a message which fails again ends the run instead of circling.
/// </summary>
internal sealed class BrokerReplay(IConnection connection, ILogger<BrokerReplay> logger)
{
    /// <summary>What a service could not consume goes to its queue again, with its deliveries counted from zero.</summary>
    public Task ErrorsAsync(string service, CancellationToken cancellation) =>
        MoveAsync(BrokerNames.Error(service), _ => ("", BrokerNames.Queue(service)), BrokerNames.Queue(service), cancellation);

    /// <summary>What no queue was bound for goes to the exchange that it was published to.</summary>
    public Task UnroutedAsync(CancellationToken cancellation) =>
        MoveAsync(BrokerNames.Unrouted, message => (message.Exchange, message.RoutingKey), "their exchanges", cancellation);

    private async Task MoveAsync(string from, Func<BasicGetResult, (string Exchange, string Key)> target, string to, CancellationToken cancellation)
    {
        // Every publish waits for its confirm and throws when the message reached no queue.
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
        uint waiting = await channel.MessageCountAsync(from, cancellation);
        int moved = 0;
        for (; moved < waiting && await channel.BasicGetAsync(from, autoAck: false, cancellation) is { } message; moved++)
        {
            var (exchange, key) = target(message);
            var properties = new BasicProperties(message.BasicProperties);
            properties.Headers?.Remove("x-delivery-count");
            properties.Headers?.Remove("x-death");
            await channel.BasicPublishAsync(exchange, key, mandatory: true, properties, message.Body, cancellation);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellation);
        }
        logger.Replayed(moved, from, to);
    }
}

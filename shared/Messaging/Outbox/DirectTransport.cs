using PromptPlatform.Events;

namespace PromptPlatform.Messaging.Outbox;

/// <summary>Standalone's bus: hands events to the consumers in this process, one after the other.</summary>
public sealed class DirectTransport(IReadOnlyList<EventSubscription> subscriptions) : IEventTransport
{
    /// <inheritdoc/>
    public int Parallelism => 1;

    // A consumer takes them in one transaction: its commit and its round trips are most of the cost of a single event.
    /// <inheritdoc/>
    public int Together => 50;

    /// <inheritdoc/>
    public async Task SendAsync(IReadOnlyList<IPlatformEvent> happened, CancellationToken cancellation)
    {
        foreach (var subscription in subscriptions)
            await subscription.DeliverAsync(happened, cancellation);
    }
}

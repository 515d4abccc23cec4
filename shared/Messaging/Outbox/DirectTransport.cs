using PromptPlatform.Events;

namespace PromptPlatform.Messaging.Outbox;

/// <summary>Standalone's bus: hands the event to the consumers in this process, one after the other.</summary>
public sealed class DirectTransport(IReadOnlyList<EventSubscription> subscriptions) : IEventTransport
{
    /// <inheritdoc/>
    public int Parallelism => 1;

    /// <inheritdoc/>
    public async Task SendAsync(IPlatformEvent happened, CancellationToken cancellation)
    {
        foreach (var subscription in subscriptions)
            await subscription.DeliverAsync(happened, cancellation);
    }
}

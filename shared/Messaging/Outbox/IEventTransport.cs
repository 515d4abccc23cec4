using PromptPlatform.Events;

namespace PromptPlatform.Messaging.Outbox;

/// <summary>Brings events out of the publishing service.</summary>
public interface IEventTransport
{
    /// <summary>Sendings at the same time; 1 keeps the order of those before and after each other.</summary>
    int Parallelism { get; }

    /// <summary>The most events in a sending.</summary>
    int Together { get; }

    /// <summary>
    /// Completes when the events are in safe hands: committed by every consumer, or confirmed by the broker. Throws when one is not, or
    /// when nobody knows; then all are sent again, each alone, and the inboxes make a second arrival harmless.
    /// </summary>
    Task SendAsync(IReadOnlyList<IPlatformEvent> happened, CancellationToken cancellation);
}

using PromptPlatform.Events;

namespace PromptPlatform.Messaging.Outbox;

/// <summary>Brings an event out of the publishing service.</summary>
public interface IEventTransport
{
    /// <summary>Events that may be sent at the same time; 1 keeps their order.</summary>
    int Parallelism { get; }

    /// <summary>
    /// Completes when the event is in safe hands: committed by every consumer, or confirmed by the broker. Throws when it is not, or
    /// when nobody knows; then the event is sent again, and the inboxes make a second arrival harmless.
    /// </summary>
    Task SendAsync(IPlatformEvent happened, CancellationToken cancellation);
}

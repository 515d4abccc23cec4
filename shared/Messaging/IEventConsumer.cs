using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging;

/// <summary>Acts on one kind of event. Runs in the transaction that also holds the inbox row: exactly once in effect.</summary>
public interface IEventConsumer<in TEvent> where TEvent : IPlatformEvent
{
    /// <summary>Does the effect with <paramref name="transaction"/> alone; throwing rolls everything back and the event comes again.</summary>
    Task ConsumeAsync(TEvent happened, TenantTransaction transaction, CancellationToken cancellation);
}

using PromptPlatform.Events;

namespace PromptPlatform.Messaging;

/// <summary>What every event must carry, whoever put it on the wire.</summary>
internal static class EventRules
{
    /// <summary>The event itself.</summary>
    /// <exception cref="InvalidDataException">It has no id or no organisation; it will never be accepted.</exception>
    public static TEvent Checked<TEvent>(TEvent happened) where TEvent : IPlatformEvent
    {
        if (happened.EventId == Guid.Empty)
            throw new InvalidDataException("the event has no eventId");
        return happened.OrgId == Guid.Empty ? throw new InvalidDataException("the event has no orgId") : happened;
    }
}

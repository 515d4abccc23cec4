namespace PromptPlatform.Events;

/// <summary>Something that has happened and that other services may want to know. Carries no prompt text.</summary>
public interface IPlatformEvent
{
    /// <summary>Unique id; consumers act once per id.</summary>
    Guid EventId { get; }

    /// <summary>When it happened.</summary>
    DateTimeOffset At { get; }

    /// <summary>The organisation it happened in.</summary>
    Guid OrgId { get; }
}

namespace PromptPlatform.Events;

/// <summary>An event that may tell who did it. Consumers drop it once that actor's data were erased.</summary>
public interface IActorEvent : IPlatformEvent
{
    /// <summary>Who did it, as an opaque id; empty when not told.</summary>
    string Actor { get; }
}

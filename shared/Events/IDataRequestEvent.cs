namespace PromptPlatform.Events;

/// <summary>An event about a request to export or erase data. Consumers take it after an erasure too.</summary>
public interface IDataRequestEvent : IPlatformEvent
{
    /// <summary>The request.</summary>
    Guid RequestId { get; }
}

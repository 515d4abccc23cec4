namespace PromptPlatform.Events;

/// <summary>Data must go: each service erases its part, drops what comes late, and answers by <see cref="PersonalDataHandled"/>.</summary>
/// <param name="Actor">Whose; empty: all of the organisation.</param>
public sealed record AccountErased(Guid EventId, DateTimeOffset At, Guid OrgId, Guid RequestId, string Actor = "") : IDataRequestEvent;

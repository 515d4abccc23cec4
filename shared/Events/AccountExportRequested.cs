namespace PromptPlatform.Events;

/// <summary>Somebody asked for a copy of data: each service gathers its part and answers by <see cref="PersonalDataHandled"/>.</summary>
/// <param name="Actor">Whose; empty: all of the organisation.</param>
public sealed record AccountExportRequested(Guid EventId, DateTimeOffset At, Guid OrgId, Guid RequestId, string Actor = "") : IDataRequestEvent;

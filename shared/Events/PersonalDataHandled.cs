namespace PromptPlatform.Events;

/// <summary>The receipt of one service for a request to export or erase data.</summary>
/// <param name="Kind">export or erasure.</param>
/// <param name="Service">Who did it.</param>
/// <param name="Data">What it had, with zeros where it had nothing.</param>
public sealed record PersonalDataHandled(
    Guid EventId, DateTimeOffset At, Guid OrgId, Guid RequestId, string Kind, string Service, IReadOnlyList<PersonalDataCount> Data) : IDataRequestEvent;

/// <summary>How many rows of one kind were exported or erased.</summary>
/// <param name="What">The kind, such as <c>enhancements</c>.</param>
/// <param name="Rows">How many.</param>
public sealed record PersonalDataCount(string What, long Rows);

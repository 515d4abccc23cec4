namespace PromptPlatform.Messaging.PersonalData;

/// <summary>Whose data are meant.</summary>
/// <param name="OrgId">The organisation.</param>
/// <param name="Actor">One person or key of it, by the organisation's own id; empty: the organisation as a whole.</param>
public sealed record PersonalDataSubject(Guid OrgId, string Actor)
{
    /// <summary>Whether everything of the organisation is meant.</summary>
    public bool IsWhole => Actor.Length == 0;
}

namespace PromptPlatform.Auth.Revocations;

/// <summary>One revocation.</summary>
/// <param name="Sequence">Its number; numbers grow, with gaps, in the order in which revocations became visible.</param>
/// <param name="Kind">key, session or organization.</param>
/// <param name="Id">What was revoked, as the API names it.</param>
/// <param name="RevokedAt">When.</param>
internal sealed record RevocationEntry(long Sequence, string Kind, string Id, DateTimeOffset RevokedAt);

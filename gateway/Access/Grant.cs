using Microsoft.Extensions.Primitives;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Gateway.Access;

/// <summary>What a verified credential opens: one audience, for a while.</summary>
/// <param name="Caller">Whose credential it is.</param>
/// <param name="Authorization">The header that the service gets: a fleet token for this audience.</param>
/// <param name="RenewAt">From here on a new token is fetched while this one still serves.</param>
/// <param name="UsableUntil">After this the token may expire on its way.</param>
internal sealed record Grant(Caller Caller, StringValues Authorization, DateTimeOffset RenewAt, DateTimeOffset UsableUntil)
{
    /// <summary>When the caller's own credential ends; null for an API key, which lives until it is revoked.</summary>
    public DateTimeOffset? CallerEndsAt { get; init; }
}

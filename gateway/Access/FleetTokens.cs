using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Gateway.Access;

/// <summary>Fleet tokens that a caller brings itself: verified offline, for the audience of the route.</summary>
internal sealed class FleetTokens(ISigningKeys keys, RevocationList revocations, IOptions<IdentityOptions> identity, TimeProvider clock, ILoggerFactory loggers)
{
    private readonly ConcurrentDictionary<string, TokenVerifier> _verifiers = new(StringComparer.Ordinal);

    /// <summary>The grant of a token. Errors: 401.</summary>
    public async Task<Grant> GetAsync(string token, string audience, CancellationToken cancellation)
    {
        var verifier = _verifiers.GetOrAdd(audience, Create);
        var caller = await verifier.VerifyAsync(token, cancellation);
        return new Grant(caller, new StringValues("Bearer " + token), caller.ExpiresAt, caller.ExpiresAt) { CallerEndsAt = caller.ExpiresAt };
    }

    // One per audience of the route table, so the number is bounded.
    private TokenVerifier Create(string audience) => new(
        keys,
        revocations,
        Options.Create(new IdentityOptions { Issuer = identity.Value.Issuer, Audience = audience, ClockSkew = identity.Value.ClockSkew }),
        clock,
        loggers.CreateLogger<TokenVerifier>());
}

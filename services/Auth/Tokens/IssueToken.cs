using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using PromptPlatform.Auth.SigningKeys;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Auth.Tokens;

/// <summary>Issues tokens of five minutes, or less when the key behind them ends before.</summary>
internal sealed class IssueToken(SigningKeyRing ring, IOptions<AuthOptions> options, IOptions<IdentityOptions> identity, TimeProvider clock)
{
    /// <summary>A token of an organisation's key.</summary>
    public Task<TokenResponse> ForKeyAsync(ApiKeys.ApiKey key, string audience, CancellationToken cancellation) =>
        IssueAsync((now, end) => new TokenClaims(key.PublicKeyId, key.OrgId, key.PublicKeyId, key.Scopes, audience, now, key.ExpiresAt < end ? key.ExpiresAt.Value : end), cancellation);

    /// <summary>A token of a service.</summary>
    public Task<TokenResponse> ForServiceAsync(string service, string[] scopes, string audience, CancellationToken cancellation) =>
        IssueAsync((now, end) => new TokenClaims("svc:" + service, null, null, scopes, audience, now, end), cancellation);

    /// <summary>Refuses an audience that is no service of the fleet.</summary>
    public void RequireAudience(string audience)
    {
        if (audience != identity.Value.Audience && !options.Value.Services.ContainsKey(audience))
            throw RequestException.Invalid("audience", "is not a service of this fleet; give its name, e.g. enhancement");
    }

    private async Task<TokenResponse> IssueAsync(Func<DateTimeOffset, DateTimeOffset, TokenClaims> describe, CancellationToken cancellation)
    {
        var key = await ring.CurrentAsync(cancellation);
        // Tokens count whole seconds; the answer says the same as the token.
        var now = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var claims = describe(now, now + FleetToken.Lifetime);
        return new TokenResponse
        {
            Token = TokenSigner.Sign(key, identity.Value.Issuer, claims),
            ExpiresAt = claims.ExpiresAt.ToTimestamp(),
            OrgId = claims.OrgId is { } orgId ? PublicId.Format("org", orgId) : "",
            KeyId = claims.KeyId ?? "",
            Scopes = { claims.Scopes },
        };
    }
}

using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.TestKit;

/// <summary>Stands in Auth's place: a signing key and the tokens made with it. Services verify them as they verify Auth's.</summary>
public sealed class TestIdentity : ISigningKeys, IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    // Of its own per instance: the token library remembers signers by key id.
    private readonly string kid = "test-" + Guid.NewGuid().ToString("N");

    /// <summary>A token of an organisation for the service <paramref name="audience"/>. <paramref name="scopes"/> are parted by blanks; it lives five minutes from <paramref name="now"/>, else from the system's time.</summary>
    public string Token(string audience, Guid orgId, string scopes, DateTimeOffset? now = null) =>
        Sign(audience, "key_" + orgId.ToString("N"), scopes, now, [(FleetToken.OrgClaim, orgId.ToString("N")), (FleetToken.KeyClaim, "key_" + orgId.ToString("N"))]);

    /// <summary>A token of the service <paramref name="service"/> itself, of no organisation.</summary>
    public string ServiceToken(string audience, string service, string scopes, DateTimeOffset? now = null) =>
        Sign(audience, "svc:" + service, scopes, now, []);

    /// <inheritdoc/>
    public ValueTask<SecurityKey?> FindAsync(string kid, CancellationToken cancellation) =>
        ValueTask.FromResult<SecurityKey?>(kid == this.kid ? new ECDsaSecurityKey(key) { KeyId = kid } : null);

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private string Sign(string audience, string subject, string scopes, DateTimeOffset? now, IEnumerable<(string Name, string Value)> more)
    {
        var at = now ?? TimeProvider.System.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = new IdentityOptions().Issuer,
            ["aud"] = audience,
            ["sub"] = subject,
            ["iat"] = at.ToUnixTimeSeconds(),
            // The token library would put the system's time here.
            ["nbf"] = at.ToUnixTimeSeconds(),
            ["exp"] = (at + FleetToken.Lifetime).ToUnixTimeSeconds(),
            ["jti"] = Guid.NewGuid().ToString("N"),
            [FleetToken.ScopeClaim] = scopes,
        };
        foreach (var (name, value) in more)
        {
            claims[name] = value;
        }

        var signing = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = kid }, SecurityAlgorithms.EcdsaSha256);
        return new JsonWebTokenHandler().CreateToken(System.Text.Json.JsonSerializer.Serialize(claims), signing);
    }
}

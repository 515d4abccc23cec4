using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Inference.Tests;

/// <summary>A signing key in Auth's place, and tokens made with it.</summary>
internal sealed class TestKeys : ISigningKeys, IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsaSecurityKey signing;

    public TestKeys() => signing = new(key) { KeyId = Guid.NewGuid().ToString("N") };

    public ValueTask<SecurityKey?> FindAsync(string kid, CancellationToken cancellation) => new(kid == signing.KeyId ? signing : null);

    /// <summary>A token for the inference service.</summary>
    public string TokenWith(string scopes)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new { iss = "promptplatform-auth", aud = "inference", sub = "enhancement", iat = now, exp = now + 300, jti = Guid.NewGuid(), scope = scopes };
        return new JsonWebTokenHandler().CreateToken(JsonSerializer.Serialize(claims), new SigningCredentials(signing, SecurityAlgorithms.EcdsaSha256));
    }

    public void Dispose() => key.Dispose();
}

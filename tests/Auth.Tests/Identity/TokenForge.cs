using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests.Identity;

/// <summary>Makes tokens, right and wrong ones, and the verifier that shall tell them apart.</summary>
internal sealed class TokenForge : ISigningKeys, IDisposable
{
    public const string Kid = "current";
    public const string OtherKid = "other";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TokenForge()
    {
        Revocations = new RevocationList(Clock);
        Verifier = new TokenVerifier(this, Revocations, Options.Create(new IdentityOptions { Audience = "catalog" }), Clock, NullLogger<TokenVerifier>.Instance);
    }

    public TestClock Clock { get; } = new();

    public RevocationList Revocations { get; }

    public TokenVerifier Verifier { get; }

    public Guid OrgId { get; } = Guid.Parse("11111111-2222-3333-4444-555555555555");

    public long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    public ECDsa Key => _key;

    public ValueTask<SecurityKey?> FindAsync(string kid, CancellationToken cancellation) => ValueTask.FromResult<SecurityKey?>(kid switch
    {
        Kid => new ECDsaSecurityKey(_key),
        OtherKid => new ECDsaSecurityKey(_other),
        _ => null,
    });

    /// <summary>The header of a right token.</summary>
    public static JsonObject Header() => new() { ["alg"] = "ES256", ["typ"] = "JWT", ["kid"] = Kid };

    /// <summary>The claims of a right token.</summary>
    public JsonObject Claims() => new()
    {
        ["iss"] = "promptplatform-auth",
        ["aud"] = "catalog",
        ["sub"] = "key_1",
        ["org"] = OrgId.ToString("N"),
        ["key"] = "key_1",
        ["scope"] = "techniques:read enhance",
        ["iat"] = Now,
        ["nbf"] = Now,
        ["exp"] = Now + 300,
        ["jti"] = "1",
    };

    /// <summary>A right token.</summary>
    public string Make() => Sign(Header().ToJsonString(), Claims().ToJsonString());

    /// <summary>A token with other claims, rightly signed.</summary>
    public string WithClaims(Action<JsonObject> change)
    {
        var claims = Claims();
        change(claims);
        return Sign(Header().ToJsonString(), claims.ToJsonString());
    }

    /// <summary>A token with another header, rightly signed.</summary>
    public string WithHeader(Action<JsonObject> change)
    {
        var header = Header();
        change(header);
        return Sign(header.ToJsonString(), Claims().ToJsonString());
    }

    /// <summary>Any header and payload under a right signature.</summary>
    public string Sign(string header, string payload, DSASignatureFormat format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
    {
        string signed = Encode(header) + "." + Encode(payload);
        return signed + "." + Base64UrlEncoder.Encode(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, format));
    }

    public static string Encode(string text) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(text));

    public void Dispose()
    {
        _key.Dispose();
        _other.Dispose();
    }
}

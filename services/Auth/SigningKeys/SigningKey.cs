using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using PromptPlatform.ServiceDefaults.Identity;
using JsonWebKey = PromptPlatform.Contracts.Auth.V1.JsonWebKey;

namespace PromptPlatform.Auth.SigningKeys;

/// <summary>A P-256 key that signs tokens (ES256).</summary>
internal sealed class SigningKey
{
    private readonly ECParameters _parameters;
    // An ECDsa object is not promised to bear two threads; each signature borrows one.
    private readonly ConcurrentBag<ECDsa> _idle = [];

    /// <summary>A key from its stored form, PKCS #8.</summary>
    public SigningKey(Guid keyId, byte[] pkcs8, DateTimeOffset activeFrom)
    {
        KeyId = keyId;
        ActiveFrom = activeFrom;
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        _parameters = key.ExportParameters(includePrivateParameters: true);
        _idle.Add(key);
        Published = EcKeys.Write(Kid, key);
        Verifier = EcKeys.Read(Published);
        Header = Base64UrlEncoder.Encode(Encoding.ASCII.GetBytes($$"""{"alg":"ES256","typ":"JWT","kid":"{{Kid}}"}"""));
    }

    public Guid KeyId { get; }

    /// <summary>The key's name in tokens and in the JWKS.</summary>
    public string Kid => KeyId.ToString("N");

    /// <summary>When it begins to sign; published before, so that nobody meets a token of a key that he cannot find.</summary>
    public DateTimeOffset ActiveFrom { get; }

    /// <summary>The public half as the JWKS shows it.</summary>
    public JsonWebKey Published { get; }

    /// <summary>The public half that verifies.</summary>
    public SecurityKey Verifier { get; }

    /// <summary>The header of every token that it signs, in base64url.</summary>
    public string Header { get; }

    /// <summary>A new key in its stored form.</summary>
    public static byte[] Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    /// <summary>Signs as RFC 7518, section 3.4, wants it: R and S, 32 bytes each.</summary>
    public byte[] Sign(ReadOnlySpan<byte> bytes)
    {
        if (!_idle.TryTake(out var key))
            key = ECDsa.Create(_parameters);
        try
        {
            return key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            _idle.Add(key);
        }
    }
}

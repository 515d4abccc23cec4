using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using JsonWebKey = PromptPlatform.Contracts.Auth.V1.JsonWebKey;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>P-256 public keys as JWK (RFC 7518, section 6.2).</summary>
public static class EcKeys
{
    /// <summary>The public half of a key as JWK.</summary>
    public static JsonWebKey Write(string kid, ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonWebKey { Kty = "EC", Use = "sig", Alg = "ES256", Kid = kid, Crv = "P-256", X = Base64UrlEncoder.Encode(point.X), Y = Base64UrlEncoder.Encode(point.Y) };
    }

    /// <summary>A JWK as a verification key.</summary>
    public static SecurityKey Read(JsonWebKey jwk)
    {
        var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes(jwk.X), Y = Base64UrlEncoder.DecodeBytes(jwk.Y) },
        });
        return new ECDsaSecurityKey(key) { KeyId = jwk.Kid };
    }
}

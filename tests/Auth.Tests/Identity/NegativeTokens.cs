using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Auth.Tests.Identity;

/// <summary>The forgeries by their name in the reference list.</summary>
internal static class NegativeTokens
{
    private static readonly Dictionary<string, Func<TokenForge, string>> s_forgeries = new()
    {
        ["alg none (none/None/NONE/nOnE)"] = f => Unsigned(f, "nOnE"),
        ["signature removed (two dots kept)"] = f => WithSignature(f, []),
        ["signature truncated by 1 byte"] = f => WithSignature(f, SignatureOf(f)[..^1]),
        ["HS256 with empty key"] = f => Hmac(f, []),
        ["ES256 with r=s=0"] = f => WithSignature(f, new byte[64]),
        ["ES256 DER instead of raw signature"] = f => f.Sign(TokenForge.Header().ToJsonString(), f.Claims().ToJsonString(), DSASignatureFormat.Rfc3279DerSequence),
        ["kid missing with 2 keys in the set"] = f => f.WithHeader(h => h.Remove("kid")),
        ["embedded jwk"] = f => WithOwnKey(f, (header, key) => header["jwk"] = Jwk(key)),
        ["x5c chain not trusted"] = f => f.WithHeader(h => h["x5c"] = new JsonArray("MIIB")),
        ["crit with unknown name"] = f => f.WithHeader(h => { h["crit"] = new JsonArray("b64x"); h["b64x"] = "1"; }),
        ["exp 1 s past skew"] = f => f.WithClaims(c => c["exp"] = f.Now - 31),
        ["exp missing"] = f => f.WithClaims(c => c.Remove("exp")),
        ["exp as string"] = f => f.WithClaims(c => c["exp"] = $"{f.Now + 300}"),
        ["nbf in future"] = f => f.WithClaims(c => c["nbf"] = f.Now + 31),
        ["iat in future"] = f => f.WithClaims(c => c["iat"] = f.Now + 31),
        ["iss of another environment"] = f => f.WithClaims(c => c["iss"] = "promptplatform-auth-staging"),
        ["iss with trailing slash"] = f => f.WithClaims(c => c["iss"] = "promptplatform-auth/"),
        ["aud of another service"] = f => f.WithClaims(c => c["aud"] = "billing"),
        ["aud as array with ours plus other"] = f => f.WithClaims(c => c["aud"] = new JsonArray("catalog", "billing")),
        ["sub missing"] = f => f.WithClaims(c => c.Remove("sub")),
        ["sub of deleted user"] = f => Revoked(f, "key", "key_1"),
        ["tenant claim of another org"] = f => Resealed(f, c => c["org"] = Guid.Parse("99999999-2222-3333-4444-555555555555").ToString("N")),
        ["role claim added"] = f => Resealed(f, c => c["scope"] = "techniques:read enhance organizations:write"),
        ["duplicate JSON key for aud"] = f => f.Sign(TokenForge.Header().ToJsonString(), f.Claims().ToJsonString().Replace("\"aud\"", "\"aud\":\"billing\",\"aud\"", StringComparison.Ordinal)),
        ["payload not an object"] = f => f.Sign(TokenForge.Header().ToJsonString(), "[1]"),
        ["payload 1 MB"] = f => f.WithClaims(c => c["pad"] = new string('x', 1 << 20)),
        ["nested JWE with p2c=10000000"] = _ => Jwe("""{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2c":10000000,"p2s":"AAAA","cty":"JWT"}"""),
        ["JWE where JWS is expected"] = _ => Jwe("""{"alg":"dir","enc":"A256GCM"}"""),
        ["JWS JSON serialization"] = f => Json(f.Make().Split('.')),
        ["null byte in sub"] = f => f.WithClaims(c => c["sub"] = "key_1\0admin"),
        ["token of a session that was logged out"] = f => Revoked(f, "key", "key_1"),
        ["token of a disabled org"] = f => Revoked(f, "organization", PublicId.Format("org", f.OrgId)),
        ["token signed by old key after overlap"] = f => f.WithHeader(h => h["kid"] = "retired"),
    };

    public static IEnumerable<string> Names => s_forgeries.Keys;

    public static string Forge(string name, TokenForge forge) => s_forgeries[name](forge);

    private static byte[] SignatureOf(TokenForge forge) => Base64UrlEncoder.DecodeBytes(forge.Make().Split('.')[2]);

    private static string WithSignature(TokenForge forge, byte[] signature)
    {
        string[] parts = forge.Make().Split('.');
        return $"{parts[0]}.{parts[1]}.{Base64UrlEncoder.Encode(signature)}";
    }

    private static string Unsigned(TokenForge forge, string algorithm)
    {
        var header = TokenForge.Header();
        header["alg"] = algorithm;
        return $"{TokenForge.Encode(header.ToJsonString())}.{TokenForge.Encode(forge.Claims().ToJsonString())}.";
    }

    private static string Hmac(TokenForge forge, byte[] key)
    {
        var header = TokenForge.Header();
        header["alg"] = "HS256";
        string signed = $"{TokenForge.Encode(header.ToJsonString())}.{TokenForge.Encode(forge.Claims().ToJsonString())}";
        return $"{signed}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string WithOwnKey(TokenForge forge, Action<JsonObject, ECDsa> announce)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var header = TokenForge.Header();
        announce(header, own);
        string signed = $"{TokenForge.Encode(header.ToJsonString())}.{TokenForge.Encode(forge.Claims().ToJsonString())}";
        return $"{signed}.{Base64UrlEncoder.Encode(own.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static JsonObject Jwk(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64UrlEncoder.Encode(point.X), ["y"] = Base64UrlEncoder.Encode(point.Y) };
    }

    // Claims changed after the signature was made.
    private static string Resealed(TokenForge forge, Action<JsonObject> change)
    {
        var claims = forge.Claims();
        change(claims);
        string[] parts = forge.Make().Split('.');
        return $"{parts[0]}.{TokenForge.Encode(claims.ToJsonString())}.{parts[2]}";
    }

    private static string Revoked(TokenForge forge, string kind, string id)
    {
        forge.Revocations.Add(kind, id);
        return forge.Make();
    }

    private static string Jwe(string header) => $"{TokenForge.Encode(header)}.AAAA.AAAA.AAAA.AAAA";

    private static string Json(string[] parts) => $$"""{"protected":"{{parts[0]}}","payload":"{{parts[1]}}","signature":"{{parts[2]}}"}""";
}

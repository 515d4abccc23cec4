using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PromptPlatform.Auth.SigningKeys;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Auth.Tokens;

/// <summary>Writes signed tokens: JWT (RFC 7519) in JWS compact form (RFC 7515), ES256.</summary>
internal static class TokenSigner
{
    // Nothing but quotes and backslashes is escaped: a token is no part of a web page, and verifiers refuse escapes.
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The token that says <paramref name="claims"/>, by <paramref name="issuer"/>.</summary>
    public static string Sign(SigningKey key, string issuer, TokenClaims claims)
    {
        string signed = key.Header + "." + Base64Url.EncodeToString(Payload(issuer, claims));
        return signed + "." + Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)));
    }

    private static ReadOnlySpan<byte> Payload(string issuer, TokenClaims claims)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, s_plain))
        {
            json.WriteStartObject();
            json.WriteString("iss", issuer);
            json.WriteString("aud", claims.Audience);
            json.WriteString("sub", claims.Subject);
            if (claims.OrgId is { } orgId)
                json.WriteString(FleetToken.OrgClaim, orgId.ToString("N"));
            if (claims.KeyId is { } keyId)
                json.WriteString(FleetToken.KeyClaim, keyId);
            json.WriteString(FleetToken.ScopeClaim, string.Join(' ', claims.Scopes));
            json.WriteNumber("iat", claims.IssuedAt.ToUnixTimeSeconds());
            json.WriteNumber("nbf", claims.IssuedAt.ToUnixTimeSeconds());
            json.WriteNumber("exp", claims.ExpiresAt.ToUnixTimeSeconds());
            json.WriteString("jti", RandomNumberGenerator.GetHexString(32, lowercase: true));
            json.WriteEndObject();
        }
        return buffer.WrittenSpan;
    }
}

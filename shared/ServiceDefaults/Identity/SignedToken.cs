using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>
/// A token taken apart: JWT in JWS compact form (RFC 7515, section 7.1). Reading is strict where libraries are lenient: exactly three parts
/// of clean base64url, JSON objects without duplicate names, ES256 by a named key, and no header parameter that changes how to verify.
/// </summary>
internal sealed record SignedToken(string Kid, JsonElement Claims, byte[] SignedBytes, byte[] Signature)
{
    private const int MaxLength = 8192;
    private const int SignatureLength = 64;

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary>Reads a token; null when it is none of ours by form. The signature is not checked here.</summary>
    public static SignedToken? Read(string token)
    {
        if (token.Length > MaxLength || token.Split('.') is not [var header, var payload, var signature])
            return null;
        try
        {
            if (ReadObject(header) is not { } head || ReadObject(payload) is not { } claims || Decode(signature) is not { Length: SignatureLength } signed)
                return null;
            return IsOurs(head, out string kid) ? new SignedToken(kid, claims, Encoding.ASCII.GetBytes(token, 0, header.Length + 1 + payload.Length), signed) : null;
        }
        // The latter when an escape stands for half of a surrogate pair, which is valid JSON and no text.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // The algorithm is ours to choose, and so is the key: a token that brings either (jwk, x5c, jku) or asks for extensions (crit) is not ours.
    private static bool IsOurs(JsonElement header, out string kid)
    {
        kid = "";
        foreach (var parameter in header.EnumerateObject())
        {
            if (parameter.Value.ValueKind != JsonValueKind.String)
                return false;
            if (parameter.NameEquals("kid"))
                kid = parameter.Value.GetString()!;
            else if (parameter.NameEquals("alg") ? !parameter.Value.ValueEquals("ES256") : !parameter.NameEquals("typ"))
                return false;
        }
        return kid.Length > 0 && header.TryGetProperty("alg", out _);
    }

    private static JsonElement? ReadObject(string part)
    {
        if (Decode(part) is not { } json)
            return null;
        using var document = JsonDocument.Parse(json, s_strict);
        return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
    }

    private static byte[]? Decode(string part)
    {
        // Padding, white space and stray bits would make one token out of many texts.
        if (part.Length == 0 || !Base64Url.IsValid(part))
            return null;
        byte[] bytes = Base64Url.DecodeFromChars(part);
        return Base64Url.EncodeToString(bytes) == part ? bytes : null;
    }
}

using System.Collections.Frozen;
using System.Text.Json;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>What a verified token says, and for which service.</summary>
/// <param name="Caller">Whose it is.</param>
/// <param name="Audience">The one service that it is for.</param>
public sealed record VerifiedToken(Caller Caller, string Audience);

/// <summary>The claims of a token whose signature is right: form, issuer and time. Pure.</summary>
internal static class TokenClaimRules
{
    private const int MaxTextLength = 4096;
    // Seconds of the year 9999: beyond it a time does not exist for us.
    private const long MaxTime = 253_402_300_799;

    /// <summary>Reads the claims; a reason, and no token, when they do not hold.</summary>
    public static (VerifiedToken? Token, string Reason) Read(JsonElement claims, IdentityOptions options, DateTimeOffset now)
    {
        if (Text(claims, "iss") != options.Issuer)
            return (null, "its issuer is unknown");
        if (Text(claims, "aud") is not { Length: > 0 } audience || Text(claims, "sub") is not { Length: > 0 } subject)
            return (null, "it does not say for whom it is");
        if (Time(claims, "exp") is not { } expires || Time(claims, "iat") is not { } issued)
            return (null, "it does not say how long it lives");
        if (issued > now + options.ClockSkew || (claims.TryGetProperty("nbf", out _) && !(Time(claims, "nbf") <= now + options.ClockSkew)))
            return (null, "it is not valid yet");
        if (Optional(claims, FleetToken.OrgClaim) is not { } org || Optional(claims, FleetToken.KeyClaim) is not { } key || Optional(claims, FleetToken.ScopeClaim) is not { } scopes)
            return (null, "its claims are not ours");
        var orgId = Guid.Empty;
        if (org.Length > 0 && (!Guid.TryParseExact(org, "N", out orgId) || orgId == Guid.Empty))
            return (null, "its claims are not ours");
        var held = scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
        return (new VerifiedToken(new Caller(subject, orgId, key, held, expires), audience), "");
    }

    /// <summary>The claim as text without control characters; null when it is missing or something else.</summary>
    private static string? Text(JsonElement claims, string name)
    {
        // Ours have no escapes; one that stands for half of a surrogate pair could not even be read.
        if (!claims.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String || value.GetRawText().Contains('\\'))
            return null;
        return value.GetString() is { Length: <= MaxTextLength } text && !text.Any(char.IsControl) ? text : null;
    }

    private static string? Optional(JsonElement claims, string name) => claims.TryGetProperty(name, out _) ? Text(claims, name) : "";

    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long seconds) && seconds is > 0 and <= MaxTime
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}

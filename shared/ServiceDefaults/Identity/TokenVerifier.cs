using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>
/// Verifies fleet tokens (JWT, RFC 7519) offline: ES256 only, our issuer, this service as the one audience, not expired, not revoked.
/// A token that was verified is remembered until it expires, so that the signature is checked once per token.
/// </summary>
public sealed class TokenVerifier(ISigningKeys keys, RevocationList revocations, IOptions<IdentityOptions> options, TimeProvider clock, ILogger<TokenVerifier> logger)
{
    private const int MaxRemembered = 20_000;

    private readonly ConcurrentDictionary<string, Caller> _verified = new(StringComparer.Ordinal);

    /// <summary>The caller that a token stands for. Errors: 401 with a reason that tells nothing about our keys.</summary>
    public async ValueTask<Caller> VerifyAsync(string token, CancellationToken cancellation)
    {
        if (!_verified.TryGetValue(token, out var caller))
        {
            var (verified, reason) = await ReadAsync(token, cancellation);
            if (verified is null)
                throw Refused(reason);
            if (verified.Audience != options.Value.Audience)
                throw Refused("it is for another service");
            caller = Remember(token, verified.Caller);
        }
        if (Unfit(caller) is not { } unfit)
            return caller;
        _verified.TryRemove(token, out _);
        throw Refused(unfit);
    }

    /// <summary>What a token of any audience says; null when it is not live. For Auth's introspection.</summary>
    public async Task<VerifiedToken?> InspectAsync(string token, CancellationToken cancellation)
    {
        var (verified, _) = await ReadAsync(token, cancellation);
        return verified is not null && Unfit(verified.Caller) is null ? verified : null;
    }

    private async Task<(VerifiedToken? Token, string Reason)> ReadAsync(string token, CancellationToken cancellation)
    {
        if (SignedToken.Read(token) is not { } signed)
            return (null, "it is not a token of this platform");
        if (await keys.FindAsync(signed.Kid, cancellation) is not ECDsaSecurityKey key)
            return (null, "its signing key is unknown");
        return IsSignedBy(key, signed) ? TokenClaimRules.Read(signed.Claims, options.Value, clock.GetUtcNow()) : (null, "its signature is wrong");
    }

    private static bool IsSignedBy(ECDsaSecurityKey key, SignedToken token)
    {
        // An ECDsa object is not promised to bear two threads; a token is checked once, so the wait is rare.
        lock (key)
            return key.ECDsa.VerifyData(token.SignedBytes, token.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private string? Unfit(Caller caller) =>
        caller.ExpiresAt + options.Value.ClockSkew <= clock.GetUtcNow() ? "it has expired"
        : revocations.IsRevoked(caller) ? "it was revoked"
        : null;

    private Caller Remember(string token, Caller caller)
    {
        // A plain bound: tokens live five minutes, so the whole table turns over anyway.
        if (_verified.Count >= MaxRemembered)
            _verified.Clear();
        _verified[token] = caller;
        return caller;
    }

    private RequestException Refused(string reason)
    {
        logger.TokenRefused(reason);
        return RequestException.Unauthenticated($"the token is not accepted: {reason}");
    }
}

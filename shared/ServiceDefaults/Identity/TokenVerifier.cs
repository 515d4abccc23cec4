using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>
/// Verifies fleet tokens (JWT, RFC 7519) offline: ES256 only, our issuer, this service as audience, not expired, not revoked.
/// A token that was verified is remembered until it expires, so that the signature is checked once per token.
/// </summary>
public sealed class TokenVerifier(ISigningKeys keys, RevocationList revocations, IOptions<IdentityOptions> options, TimeProvider clock, ILogger<TokenVerifier> logger)
{
    private const int MaxLength = 8192;
    private const int MaxRemembered = 20_000;

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxLength };
    private readonly ConcurrentDictionary<string, Caller> _verified = new(StringComparer.Ordinal);

    /// <summary>The caller that a token stands for. Errors: 401 with a reason that tells nothing about our keys.</summary>
    public async ValueTask<Caller> VerifyAsync(string token, CancellationToken cancellation)
    {
        if (!_verified.TryGetValue(token, out var caller))
            caller = Remember(token, await ReadAsync(token, cancellation));
        if (caller.ExpiresAt + options.Value.ClockSkew <= clock.GetUtcNow())
        {
            _verified.TryRemove(token, out _);
            throw Refused("it has expired");
        }
        if (revocations.IsRevoked(caller))
            throw Refused("it was revoked");
        return caller;
    }

    private async Task<Caller> ReadAsync(string token, CancellationToken cancellation)
    {
        if (token.Length > MaxLength || !_handler.CanReadToken(token))
            throw Refused("it is not a JWT");
        var jwt = Parse(token);
        // The algorithm is ours to choose, never the token's.
        if (jwt.Alg != SecurityAlgorithms.EcdsaSha256 || string.IsNullOrEmpty(jwt.Kid))
            throw Refused("it is not signed with ES256 by a named key");
        var key = await keys.FindAsync(jwt.Kid, cancellation) ?? throw Refused("its signing key is unknown");
        var result = _handler.ValidateToken(token, new TokenValidationParameters
        {
            ValidIssuer = options.Value.Issuer,
            ValidAudience = options.Value.Audience,
            IssuerSigningKey = key,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = options.Value.ClockSkew,
            LifetimeValidator = Lives,
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        });
        if (!result.IsValid)
            throw Refused(Reason(result.Exception));
        return FleetToken.Read(jwt);
    }

    private JsonWebToken Parse(string token)
    {
        try
        {
            return _handler.ReadJsonWebToken(token);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or Newtonsoft.Json.JsonException)
        {
            throw Refused("it is not a JWT");
        }
    }

    private bool Lives(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && end + parameters.ClockSkew > now && (notBefore is not { } start || start - parameters.ClockSkew <= now);
    }

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

    private static string Reason(Exception? error) => error switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException => "it has expired or is not valid yet",
        SecurityTokenInvalidAudienceException => "it is for another service",
        SecurityTokenInvalidIssuerException => "its issuer is unknown",
        _ => "its signature is wrong",
    };
}

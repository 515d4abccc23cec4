using Microsoft.Extensions.Primitives;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Gateway.Access;

/// <summary>Turns the Authorization header of a request into a grant.</summary>
internal sealed class CallerAccess(KeyCache keys, FleetTokens tokens)
{
    private const string Scheme = "Bearer ";
    private const int MaxLength = 8192;

    /// <summary>The grant at hand; null when <see cref="GetAsync"/> has to find it. Never waits, never throws.</summary>
    public Grant? Find(StringValues authorization, string audience) =>
        Credential(authorization) is var credential && ApiKey.IsWellFormed(credential) ? keys.Find(credential, audience) : null;

    /// <summary>The grant. Errors: 401 without a valid credential, 503 when Auth is away.</summary>
    public Task<Grant> GetAsync(StringValues authorization, string audience, CancellationToken cancellation)
    {
        if (authorization.Count == 0)
            throw RequestException.Unauthenticated("no credential: send Authorization: Bearer followed by an API key (pp_live_… or pp_test_…)");
        string credential = Credential(authorization).ToString();
        if (credential.Length == 0)
            throw RequestException.Unauthenticated("the Authorization header is malformed: send one, Bearer followed by an API key (pp_live_… or pp_test_…)");
        if (!ApiKey.LooksLikeOne(credential))
            return tokens.GetAsync(credential, audience, cancellation);
        return ApiKey.IsWellFormed(credential) && ApiKey.HasRightChecksum(credential)
            ? keys.GetAsync(credential, audience, cancellation)
            : throw RequestException.Unauthenticated("the API key is malformed: keys begin with pp_live_ or pp_test_ and have 57 characters; copy yours whole");
    }

    private static ReadOnlySpan<char> Credential(StringValues authorization) =>
        authorization is [{ Length: < MaxLength } one] && one.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && !one.AsSpan(Scheme.Length).ContainsAny(' ', '\t')
            ? one.AsSpan(Scheme.Length)
            : default;
}

using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>Auth's published keys (JWKS, RFC 7517), kept in memory; an unknown id causes one fetch, at most every five seconds.</summary>
internal sealed class RemoteSigningKeys(AuthService.AuthServiceClient auth, TimeProvider clock, ILogger<RemoteSigningKeys> logger) : ISigningKeys, IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Dictionary<string, SecurityKey> _keys = [];
    private DateTimeOffset _fetchedAt;

    public async ValueTask<SecurityKey?> FindAsync(string kid, CancellationToken cancellation)
    {
        if (_keys.TryGetValue(kid, out var known))
            return known;
        await _gate.WaitAsync(cancellation);
        try
        {
            if (!_keys.ContainsKey(kid) && clock.GetUtcNow() - _fetchedAt >= s_pause)
                await FetchAsync(cancellation);
        }
        finally
        {
            _gate.Release();
        }
        return _keys.GetValueOrDefault(kid);
    }

    public void Dispose() => _gate.Dispose();

    private async Task FetchAsync(CancellationToken cancellation)
    {
        try
        {
            var answer = await auth.GetJwksAsync(new GetJwksRequest(), deadline: clock.GetUtcNow().UtcDateTime.AddSeconds(3), cancellationToken: cancellation);
            _keys = answer.Keys.ToDictionary(k => k.Kid, EcKeys.Read);
            _fetchedAt = clock.GetUtcNow();
        }
        catch (RpcException error)
        {
            logger.SigningKeysAway(error);
            throw RequestException.Unavailable("auth", error);
        }
    }
}

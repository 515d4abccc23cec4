using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>
/// Auth's published keys (JWKS, RFC 7517), kept in memory; an unknown id causes one fetch, at most every five seconds.
/// Known keys are fetched anew every five minutes, so that a key that Auth has withdrawn stops counting here too.
/// </summary>
internal sealed class RemoteSigningKeys(AuthService.AuthServiceClient auth, TimeProvider clock, ILogger<RemoteSigningKeys> logger) : ISigningKeys, IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_renewAfter = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Dictionary<string, SecurityKey> _keys = [];
    private long _fetchedTicks;

    private TimeSpan Age => TimeSpan.FromTicks(clock.GetUtcNow().UtcTicks - Volatile.Read(ref _fetchedTicks));

    public async ValueTask<SecurityKey?> FindAsync(string kid, CancellationToken cancellation)
    {
        if (_keys.TryGetValue(kid, out var known) && Age < s_renewAfter)
            return known;
        await _gate.WaitAsync(cancellation);
        try
        {
            if (Age >= (_keys.ContainsKey(kid) ? s_renewAfter : s_pause))
                await FetchAsync(cancellation);
        }
        catch (RequestException) when (known is not null)
        {
            // Auth is away: the keys of before are the best there is, and the next try is in five seconds.
            Volatile.Write(ref _fetchedTicks, (clock.GetUtcNow() - s_renewAfter + s_pause).UtcTicks);
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
            Volatile.Write(ref _fetchedTicks, clock.GetUtcNow().UtcTicks);
        }
        catch (RpcException error)
        {
            logger.SigningKeysAway(error);
            throw RequestException.Unavailable("auth", error);
        }
    }
}

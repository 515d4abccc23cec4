using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Gateway.Access;

/// <summary>
/// Grants of API keys, per audience. One exchange at a time for a key; a token near its end is renewed behind the requests, so
/// that known keys go on while Auth is away; a revocation drops its grants at once.
/// </summary>
internal sealed class KeyCache : IDisposable
{
    private readonly KeyExchange _exchange;
    private readonly RefusedKeys _refused;
    private readonly RevocationList _revocations;
    private readonly TimeProvider _clock;
    private readonly ILogger<KeyCache> _logger;
    private readonly int _maxEntries;
    private readonly ConcurrentDictionary<(CredentialHash Key, string Audience), Entry> _entries = new();

    public KeyCache(KeyExchange exchange, RefusedKeys refused, RevocationList revocations, IOptions<AccessOptions> options, TimeProvider clock, ILogger<KeyCache> logger)
    {
        (_exchange, _refused, _revocations, _clock, _logger, _maxEntries) = (exchange, refused, revocations, clock, logger, options.Value.MaxCachedKeys);
        revocations.Revoked += Drop;
    }

    /// <summary>Grants at hand.</summary>
    public int Count => _entries.Count;

    /// <summary>The grant at hand; null when Auth has to be asked. Never waits.</summary>
    public Grant? Find(ReadOnlySpan<char> key, string audience)
    {
        var hash = ApiKey.Hash(key);
        if (!_entries.TryGetValue((hash, audience), out var entry) || entry.Grant is not { } grant)
            return null;
        var now = _clock.GetUtcNow();
        if (now >= grant.UsableUntil)
            return null;
        if (now >= grant.RenewAt && entry.TryBeginRenewal(now))
            _ = RenewAsync(key.ToString(), hash, audience, entry);
        return grant;
    }

    /// <summary>The grant, from Auth when it is not at hand. Errors: 401 refused, 503 Auth is away.</summary>
    public async Task<Grant> GetAsync(string key, string audience, CancellationToken cancellation)
    {
        var hash = ApiKey.Hash(key);
        _refused.ThrowIfRefused(hash);
        MakeRoom();
        var entry = _entries.GetOrAdd((hash, audience), static _ => new Entry());
        return await entry.FetchOnceAsync(_clock.GetUtcNow(), () => FetchAsync(key, hash, audience, entry)).WaitAsync(cancellation);
    }

    public void Dispose() => _revocations.Revoked -= Drop;

    private async Task<Grant> FetchAsync(string key, CredentialHash hash, string audience, Entry entry)
    {
        try
        {
            var grant = await _exchange.ExchangeAsync(key, audience);
            entry.Grant = grant;
            // The revocation may have come while Auth answered: published first and asked second, so that one of both sees the other.
            if (_revocations.IsRevoked(grant.Caller))
                throw RequestException.Unauthenticated("the API key was revoked; use another one");
            return grant;
        }
        catch (RequestException error) when (error.Fault == RequestFault.Unauthenticated)
        {
            _refused.Add(hash, error.Message);
            _entries.TryRemove(new((hash, audience), entry));
            throw;
        }
        catch (RequestException) when (entry.Grant is null)
        {
            _entries.TryRemove(new((hash, audience), entry));
            throw;
        }
    }

    private async Task RenewAsync(string key, CredentialHash hash, string audience, Entry entry)
    {
        try
        {
            await entry.FetchOnceAsync(_clock.GetUtcNow(), () => FetchAsync(key, hash, audience, entry));
        }
        catch (RequestException error)
        {
            _logger.RenewalFailed(audience, error.Message);
        }
    }

    private void Drop(string kind, string id)
    {
        foreach (var (place, entry) in _entries)
        {
            if (entry.Grant is { } grant && (kind == "key" ? grant.Caller.KeyId == id : PublicId.Format("org", grant.Caller.OrgId) == id))
                _entries.TryRemove(place, out _);
        }
    }

    private void MakeRoom()
    {
        if (_entries.Count < _maxEntries)
            return;
        var now = _clock.GetUtcNow();
        foreach (var (place, entry) in _entries)
        {
            if (entry.Grant is not { } grant || grant.UsableUntil <= now)
                _entries.TryRemove(place, out _);
        }
        // Still full of live ones: any tenth goes, they are one exchange away.
        foreach (var (place, _) in _entries.Count < _maxEntries ? [] : _entries.Take(_maxEntries / 10).ToArray())
            _entries.TryRemove(place, out _);
    }

    private sealed class Entry
    {
        private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(5);
        private readonly Lock _door = new();
        private Task<Grant>? _running;
        private volatile Grant? _grant;
        private DateTimeOffset _nextRenewal;

        public Grant? Grant { get => _grant; set => _grant = value; }

        public bool TryBeginRenewal(DateTimeOffset now)
        {
            lock (_door)
            {
                if (now < _nextRenewal)
                    return false;
                _nextRenewal = now + s_retry;
                return true;
            }
        }

        public Task<Grant> FetchOnceAsync(DateTimeOffset now, Func<Task<Grant>> fetch)
        {
            lock (_door)
            {
                // Another caller's fetch may have ended since this one looked.
                if (_grant is { } grant && now < grant.RenewAt)
                    return Task.FromResult(grant);
                if (_running is null || _running.IsCompleted)
                    _running = fetch();
                return _running;
            }
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Gateway.Access;

/// <summary>Keys that Auth has just refused, so that repeating one costs Auth nothing. Bounded.</summary>
internal sealed class RefusedKeys(IOptions<AccessOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<CredentialHash, (string Reason, DateTimeOffset Until)> _refused = new();

    /// <summary>Remembers a refusal.</summary>
    public void Add(CredentialHash key, string reason)
    {
        // A plain bound: entries live seconds, so the whole table turns over anyway.
        if (_refused.Count >= options.Value.MaxRefusedKeys)
            _refused.Clear();
        _refused[key] = (reason, clock.GetUtcNow() + options.Value.RefusedFor);
    }

    /// <summary>Throws the refusal again while it holds.</summary>
    public void ThrowIfRefused(CredentialHash key)
    {
        if (!_refused.TryGetValue(key, out var refusal))
            return;
        if (clock.GetUtcNow() < refusal.Until)
            throw RequestException.Unauthenticated(refusal.Reason);
        _refused.TryRemove(key, out _);
    }
}

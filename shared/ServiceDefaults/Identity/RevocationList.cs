using System.Collections.Concurrent;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>What Auth has revoked while tokens made before may still live. Entries leave after <see cref="KeepFor"/>.</summary>
public sealed class RevocationList(TimeProvider clock)
{
    /// <summary>Longer than a token lives, clock differences included.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _revoked = new(StringComparer.Ordinal);

    /// <summary>Told of every new revocation: kind (key, session, organization) and id.</summary>
    public event Action<string, string>? Revoked;

    /// <summary>Adds a revocation; adding one twice changes nothing.</summary>
    public void Add(string kind, string id)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, at) in _revoked)
        {
            if (now - at > KeepFor)
                _revoked.TryRemove(key, out _);
        }
        if (_revoked.TryAdd(kind + ":" + id, now))
            Revoked?.Invoke(kind, id);
    }

    /// <summary>Whether the caller's key or organisation was revoked.</summary>
    public bool IsRevoked(Caller caller) =>
        !_revoked.IsEmpty
        && (_revoked.ContainsKey("key:" + caller.KeyId) || _revoked.ContainsKey("organization:" + Text.PublicId.Format("org", caller.OrgId)));
}

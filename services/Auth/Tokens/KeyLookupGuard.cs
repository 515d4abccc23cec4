using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Auth.Tokens;

/// <summary>
/// Keeps floods of wrong API keys away from the database. A wrong key is remembered for a while; when wrong ones come faster
/// than the limit, only keys that this process has seen to be right are looked up. Everything it remembers is bounded.
/// </summary>
internal sealed class KeyLookupGuard(IOptions<AuthOptions> options, TimeProvider clock, ILogger<KeyLookupGuard> logger)
{
    private const int MaxRemembered = 20_000;
    private static readonly TimeSpan s_remember = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    // By the first half of the hash: 128 bits, as hard to hit as a whole one.
    private readonly ConcurrentDictionary<UInt128, DateTimeOffset> _unknown = new();
    private readonly ConcurrentDictionary<UInt128, byte> _found = new();
    private readonly Lock _door = new();
    private DateTimeOffset _secondBegan;
    private int _wrongInSecond;

    /// <summary>The refusal of a key that nobody has.</summary>
    public static RequestException Unknown() => RequestException.Unauthenticated("the API key is unknown; create one or copy yours whole");

    /// <summary>Refuses a key that was wrong a moment ago, or any key not known to be right while too many wrong ones come.</summary>
    public void RequireMayLookUp(byte[] hash)
    {
        var name = Name(hash);
        if (_found.ContainsKey(name))
            return;
        if (_unknown.TryGetValue(name, out var until) && until > clock.GetUtcNow())
            throw Unknown();
        if (IsFlooded())
            throw RequestException.Exhausted("too_many_wrong_keys", "too many wrong API keys arrive; try again in a moment", s_second);
    }

    /// <summary>The key exists.</summary>
    public void NoteFound(byte[] hash)
    {
        if (_found.Count >= MaxRemembered)
            _found.Clear();
        _found.TryAdd(Name(hash), 0);
    }

    /// <summary>The key does not exist.</summary>
    public void NoteUnknown(byte[] hash)
    {
        if (_unknown.Count >= MaxRemembered)
            _unknown.Clear();
        _unknown[Name(hash)] = clock.GetUtcNow() + s_remember;
        _found.TryRemove(Name(hash), out _);
        lock (_door)
        {
            TurnSecond();
            if (++_wrongInSecond == options.Value.MaxWrongKeysPerSecond)
                logger.KeyLookupsLimited(options.Value.MaxWrongKeysPerSecond);
        }
    }

    private bool IsFlooded()
    {
        lock (_door)
        {
            TurnSecond();
            return _wrongInSecond >= options.Value.MaxWrongKeysPerSecond;
        }
    }

    private void TurnSecond()
    {
        var now = clock.GetUtcNow();
        if (now - _secondBegan < s_second)
            return;
        _secondBegan = now;
        _wrongInSecond = 0;
    }

    private static UInt128 Name(byte[] hash) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
}

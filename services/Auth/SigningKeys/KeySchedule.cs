using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Auth.SigningKeys;

/// <summary>Which keys sign and verify when. Pure; keys are in the order of their <see cref="SigningKey.ActiveFrom"/>.</summary>
internal static class KeySchedule
{
    /// <summary>How long a new key is published before it signs: every replica and every service has it by then.</summary>
    public static readonly TimeSpan Announce = TimeSpan.FromSeconds(30);

    /// <summary>How long a key verifies after its successor took over: a token's life and the largest clock difference.</summary>
    public static readonly TimeSpan Overlap = FleetToken.Lifetime + TimeSpan.FromMinutes(1);

    /// <summary>The key that signs; null when there is none.</summary>
    public static SigningKey? Current(IReadOnlyList<SigningKey> keys, DateTimeOffset now) => keys.LastOrDefault(k => k.ActiveFrom <= now);

    /// <summary>The keys that verify, the current one first.</summary>
    public static IReadOnlyList<SigningKey> Published(IReadOnlyList<SigningKey> keys, DateTimeOffset now)
    {
        var current = Current(keys, now);
        return [.. keys.Where((_, i) => !IsOver(keys, i, now)).OrderByDescending(k => k == current).ThenByDescending(k => k.ActiveFrom)];
    }

    /// <summary>The keys that nobody needs any more.</summary>
    public static IReadOnlyList<SigningKey> Over(IReadOnlyList<SigningKey> keys, DateTimeOffset now) => [.. keys.Where((_, i) => IsOver(keys, i, now))];

    private static bool IsOver(IReadOnlyList<SigningKey> keys, int index, DateTimeOffset now) =>
        index + 1 < keys.Count && keys[index + 1].ActiveFrom + Overlap <= now;
}

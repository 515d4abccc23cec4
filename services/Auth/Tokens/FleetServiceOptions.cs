using System.Collections.Frozen;

namespace PromptPlatform.Auth.Tokens;

/// <summary>A service of the fleet, section <c>Auth:Services:&lt;name&gt;</c>.</summary>
internal sealed class FleetServiceOptions
{
    private static readonly FrozenDictionary<(string Service, string Audience), string> s_usual = new Dictionary<(string, string), string>
    {
        [("enhancement", "inference")] = "inference.analyze",
        [("enhancement", "catalog")] = "catalog.snapshot",
        [("enhancement", "analytics")] = "analytics.experiments analytics.learning",
    }.ToFrozenDictionary();

    /// <summary>SHA-256 of the service's secret, 64 hexadecimal digits. The secret itself has 32 random bytes and stays with the service.</summary>
    public string SecretSha256 { get; set; } = "";

    /// <summary>Scopes by audience, parted by spaces; replaces what the service usually may do there.</summary>
    public Dictionary<string, string> Scopes { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Whether the secret's hash is one.</summary>
    public bool HasSecret => SecretSha256.Length == 64 && SecretSha256.All(char.IsAsciiHexDigit);

    /// <summary>What the service may do at another; empty: nothing. Every service watches revocations.</summary>
    public string[] ScopesFor(string service, string audience)
    {
        if (!Scopes.TryGetValue(audience, out string? scopes))
            scopes = audience == "auth" ? "auth.introspect auth.revocations" : s_usual.GetValueOrDefault((service, audience), "");
        return scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}

using System.Collections.Frozen;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Auth.ApiKeys;

/// <summary>The scopes that an API key can hold. Those of the fleet (inference.analyze, auth.…) are not among them, so no key can get one.</summary>
internal static class KeyScopes
{
    /// <summary>Creates and revokes keys.</summary>
    public const string KeysWrite = "keys:write";

    /// <summary>Reads the receipts of data requests.</summary>
    public const string AccountRead = "account:read";

    /// <summary>Exports and erases data.</summary>
    public const string AccountWrite = "account:write";

    /// <summary>Creates organisations; of the operator's organisation only.</summary>
    public const string OrganizationsWrite = "organizations:write";

    /// <summary>Registers, promotes and rolls back versions of the model; of the operator's organisation only.</summary>
    public const string ModelsWrite = "models:write";

    /// <summary>What an organisation's key may hold.</summary>
    public static readonly string[] OfOrganization =
    [
        AccountRead, AccountWrite, "analytics:read", "analytics:write", "billing:read", "enhance", "events:write", "experiments:read", "experiments:write", "feedback:write", "history:read", "history:write",
        "keys:read", KeysWrite, "learning:read", "learning:write", "models:read", "organizations:read", "policy:write", "techniques:read",
        "webhooks:read", "webhooks:write",
    ];

    /// <summary>What the operator's key may hold.</summary>
    public static readonly string[] OfOperator = [.. OfOrganization, ModelsWrite, OrganizationsWrite];

    private static readonly FrozenSet<string> s_known = OfOperator.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The scopes of a new key: those wanted, each of which the creator must hold; none wanted: the creator's own without keys:write.</summary>
    public static string[] Choose(IReadOnlyCollection<string> wanted, Caller creator)
    {
        if (wanted.Count == 0)
            return [.. creator.Scopes.Where(s => s != KeysWrite && s_known.Contains(s)).Order(StringComparer.Ordinal)];
        if (wanted.FirstOrDefault(s => !s_known.Contains(s)) is { } unknown)
            throw RequestException.Invalid("scopes", $"{Shorten(unknown)} is not a scope of API keys; choose from {string.Join(", ", OfOrganization)}");
        if (wanted.FirstOrDefault(s => !creator.Scopes.Contains(s)) is { } missing)
            throw RequestException.Forbidden($"your key lacks the scope {missing}, so it cannot give it away; leave it out or use a key that has it");
        return [.. wanted.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "…";
}

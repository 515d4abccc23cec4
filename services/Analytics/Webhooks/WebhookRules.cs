using System.Net;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>What a webhook may be.</summary>
internal static class WebhookRules
{
    public const int MaxUrl = 2048;
    public const int MaxDescription = 200;
    public const int MaxEvents = 20;

    /// <summary>Checks an address as far as that is possible without asking for its name; the sender checks what the name resolves to.</summary>
    public static void CheckUrl(string url, bool allowLoopback)
    {
        TextRules.RequireText("url", url, MaxUrl);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Host.Length == 0)
            throw RequestException.Invalid("url", "is no absolute URL; send one such as https://example.com/hooks");
        bool isLoopback = IsLoopback(address);
        if (address.Scheme != Uri.UriSchemeHttps && !(allowLoopback && isLoopback && address.Scheme == Uri.UriSchemeHttp))
            throw RequestException.Invalid("url", "does not begin with https://; events are sent over TLS only");
        if (address.UserInfo.Length > 0)
            throw RequestException.Invalid("url", "holds a user name or password; take it out and check the signature instead");
        if (address.Fragment.Length > 0)
            throw RequestException.Invalid("url", "holds a fragment (#…), which is never sent; take it out");
        bool isForbidden = IPAddress.TryParse(address.DnsSafeHost, out var ip) ? !PublicAddress.IsPublic(ip) : PublicAddress.IsLocalName(address.DnsSafeHost.TrimEnd('.'));
        if (isForbidden && !(allowLoopback && isLoopback))
            throw RequestException.Invalid("url", "names an address that is not of the public internet; send one that everybody can reach");
    }

    /// <summary>The types asked for, without repetitions.</summary>
    public static string[] CheckEvents(IReadOnlyCollection<string> events)
    {
        if (events.Count is 0 or > MaxEvents)
            throw RequestException.Invalid("events", $"holds {events.Count} types; send 1 to {MaxEvents} of {Choice}, or \"*\" alone");
        if (events.Contains(WebhookEventTypes.All))
            return events.Count == 1 ? [WebhookEventTypes.All] : throw RequestException.Invalid("events", "holds \"*\" beside other types; send \"*\" alone or the types without it");
        int unknown = events.TakeWhile(WebhookEventTypes.Known.Contains).Count();
        return unknown == events.Count
            ? [.. events.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : throw RequestException.Invalid($"events/{unknown}", $"is no type of event; choose from {Choice}, or \"*\" alone");
    }

    public static void CheckDescription(string description) => TextRules.CheckText("description", description, MaxDescription);

    /// <summary>Whether the address is this machine's own.</summary>
    public static bool IsLoopback(Uri address) =>
        string.Equals(address.DnsSafeHost, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.DnsSafeHost, out var ip) && IPAddress.IsLoopback(ip));

    private static string Choice => string.Join(", ", WebhookEventTypes.Known);
}

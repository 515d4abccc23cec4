using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>
/// Whether an address belongs to the public internet. Everything else could be a machine beside us: what is refused follows the
/// special-purpose registries of IANA (RFC 6890), and IPv6 forms that carry an IPv4 address are judged by that one too.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] s_special4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Azure's host, which answers every machine there.
            "168.63.129.16/32",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork s_global6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] s_special6 = [.. new[] { "2001::/23", "2001:db8::/32", "3fff::/20" }.Select(IPNetwork.Parse)];

    private static readonly IPNetwork s_translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork s_tunnelled = IPNetwork.Parse("2002::/16");

    /// <summary>Whether nothing but the public internet answers there.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return IsPublic(address.MapToIPv4());
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !s_special4.Any(network => network.Contains(address));
        byte[] bytes = address.GetAddressBytes();
        if (s_translated.Contains(address))
            return IsPublic(new IPAddress(bytes.AsSpan(12, 4)));
        if (s_tunnelled.Contains(address))
            return IsPublic(new IPAddress(bytes.AsSpan(2, 4)));
        return s_global6.Contains(address) && !s_special6.Any(network => network.Contains(address));
    }

    /// <summary>Names that mean this machine or its neighbours wherever they are asked.</summary>
    public static bool IsLocalName(string host) => s_localNames.Contains(host) || s_localEnds.Any(end => host.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private static readonly FrozenSet<string> s_localNames = new[] { "localhost", "metadata" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly string[] s_localEnds = [".localhost", ".local", ".internal", ".localdomain", ".home.arpa"];
}

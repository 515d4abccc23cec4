using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.Gateway.Edge;

/// <summary>The proxies before the gateway (<see cref="EdgeOptions.TrustedProxies"/>), and what is believed of them: the caller's address.</summary>
internal static class TrustedProxies
{
    /// <summary>Their networks. Error: a setting that is none.</summary>
    public static System.Net.IPNetwork[] Of(EdgeOptions options) => [.. options.TrustedProxies.Select(Read)];

    /// <summary>Believes X-Forwarded-For of the proxies that the settings trust; of nobody when they name none.</summary>
    public static void UseTrustedProxies(this WebApplication app, EdgeOptions options)
    {
        if (options.TrustedProxies.Count == 0)
            return;
        // Host and scheme are not taken: nothing here makes an address out of them.
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        foreach (var network in Of(options))
            forwarded.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(forwarded);
    }

    private static System.Net.IPNetwork Read(string proxy) =>
        System.Net.IPNetwork.TryParse(proxy, out var network) ? network
        : IPAddress.TryParse(proxy, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new SettingsException("Edge:TrustedProxies", $"holds {proxy}: give addresses or networks such as 10.0.0.0/8");
}

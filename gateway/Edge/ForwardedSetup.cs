using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.Gateway.Edge;

/// <summary>The caller's address behind trusted proxies.</summary>
internal static class ForwardedSetup
{
    /// <summary>Believes X-Forwarded-For of the proxies that the settings trust; of nobody when they name none.</summary>
    public static void UseTrustedProxies(this WebApplication app, EdgeOptions options)
    {
        if (options.TrustedProxies.Count == 0)
            return;
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        foreach (string proxy in options.TrustedProxies)
            forwarded.KnownIPNetworks.Add(Read(proxy));
        app.UseForwardedHeaders(forwarded);
    }

    private static System.Net.IPNetwork Read(string proxy) =>
        System.Net.IPNetwork.TryParse(proxy, out var network) ? network
        : IPAddress.TryParse(proxy, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new SettingsException("Edge:TrustedProxies", $"holds {proxy}: give addresses or networks such as 10.0.0.0/8");
}

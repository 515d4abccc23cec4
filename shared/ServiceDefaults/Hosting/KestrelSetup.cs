using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.ServiceDefaults.Tls;

namespace PromptPlatform.ServiceDefaults.Hosting;

/// <summary>Kestrel's ports and limits: its defaults allow unlimited connections and slow bodies.</summary>
internal static class KestrelSetup
{
    public static void UseBoundedKestrel(this WebApplicationBuilder builder, PortOptions ports, LimitOptions limits, TimeSpan bodyGrace, Audience callers) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        // Kestrel is made before the start checks settings; what is out of range must not reach it.
        _ = kestrel.ApplicationServices.GetRequiredService<IOptions<PortOptions>>().Value;
        _ = kestrel.ApplicationServices.GetRequiredService<IOptions<LimitOptions>>().Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = limits.MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = limits.MaxConnections / 4;
        kestrel.Limits.MaxRequestBodySize = limits.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 100;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, bodyGrace);
        kestrel.Limits.MinResponseDataRate = new MinDataRate(240, TimeSpan.FromSeconds(10));
        kestrel.Limits.Http2.MaxStreamsPerConnection = 200;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
        var address = IPAddress.TryParse(ports.Address, out var given)
            ? given
            : throw new SettingsException("Ports:Address", $"is {ports.Address}: give an IP address, such as 0.0.0.0 for all of this machine's");
        var hooks = kestrel.ApplicationServices.GetServices<ConnectionHook>().ToList();
        void Open(ListenOptions listen) => hooks.ForEach(hook => hook.Apply(listen));
        kestrel.ListenSafely(address, ports.Http, callers, HttpProtocols.Http1, HttpProtocols.Http1AndHttp2, Open);
        kestrel.ListenSafely(address, ports.Grpc, callers, HttpProtocols.Http2, HttpProtocols.Http2, Open);
        // Probes and scrapers have no certificate to show.
        if (ports.Management >= 0)
            kestrel.ListenSafely(address, ports.Management, Audience.Anybody, HttpProtocols.Http1, HttpProtocols.Http1);
    });
}

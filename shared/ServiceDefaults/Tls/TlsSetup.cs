using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.ServiceDefaults.Tls;

/// <summary>The door to TLS: ports that speak it, clients that demand it, and the rule that plain text stays on this machine.</summary>
public static class TlsSetup
{
    /// <summary>Has every handler of outgoing connections to the fleet trust the fleet's authorities and show this service's certificate; nothing changes where no authority is set.</summary>
    public static void UseFleetTls(this SocketsHttpHandler handler, IServiceProvider services)
    {
        var tls = services.GetRequiredService<FleetTls>();
        if (tls.Calls)
            handler.SslOptions = tls.ClientOptions();
    }

    /// <summary>Stops the start when the address of a service is neither TLS nor on this machine, or is TLS and nobody is trusted. Throws <see cref="SettingsException"/>.</summary>
    public static void RequireSafeAddress(IConfiguration configuration, string setting, Uri address)
    {
        var options = Read(configuration);
        if (address.Scheme == Uri.UriSchemeHttps && options.AuthorityFile.Length == 0)
            throw new SettingsException("Tls:AuthorityFile", $"is missing, and {setting} is {address.OriginalString}: give the PEM file with the fleet's authorities");
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback && !options.AllowPlainText)
            throw new SettingsException(setting, $"is {address.OriginalString}, plain text to another machine: give an https:// address, or allow it with Tls:AllowPlainText=true");
    }

    internal static void AddTls(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsAtStart<TlsOptions>("Tls");
        builder.Services.AddSingleton<FleetTls>();
        if (Read(builder.Configuration) is { CertificateFile: "", PublicCertificateFile: "", AuthorityFile: "" })
            return;
        builder.Services.AddHostedService<TlsRefresher>();
    }

    /// <summary>Who calls the ports of a service behind the gateway.</summary>
    internal static Audience ServiceCallers(this WebApplicationBuilder builder) => Read(builder.Configuration).RequireClientCertificate ? Audience.Fleet : Audience.Anybody;

    /// <summary>Listens with TLS where there is a certificate, else in plain text, which stays on loopback unless it is allowed to leave. <paramref name="inside"/> adds to the port what sees its text in plain.</summary>
    internal static void ListenSafely(this KestrelServerOptions kestrel, IPAddress address, int port, Audience audience, HttpProtocols plain, HttpProtocols secure, Action<ListenOptions>? inside = null)
    {
        var tls = kestrel.ApplicationServices.GetRequiredService<FleetTls>();
        bool serves = tls.Serves(audience);
        if (!serves)
            RequireLoopback(kestrel.ApplicationServices.GetRequiredService<IConfiguration>(), address);
        kestrel.Listen(address, port, listen =>
        {
            listen.Protocols = serves ? secure : plain;
            if (serves)
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls.ServerOptions(audience, secure)) });
            inside?.Invoke(listen);
        });
    }

    private static void RequireLoopback(IConfiguration configuration, IPAddress address)
    {
        if (!IPAddress.IsLoopback(address) && !Read(configuration).AllowPlainText)
            throw new SettingsException("Tls:CertificateFile", $"is missing, and Ports:Address is {address}: give certificate, key and authority, or allow plain text with Tls:AllowPlainText=true");
    }

    private static TlsOptions Read(IConfiguration configuration) => configuration.GetSection("Tls").Get<TlsOptions>() ?? new TlsOptions();
}

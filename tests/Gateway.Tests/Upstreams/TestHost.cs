using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.ServiceDefaults.Hosting;

namespace PromptPlatform.Gateway.Tests.Upstreams;

/// <summary>A small real server on free loopback ports: HTTP/1.1 and HTTP/2, like a service of the fleet.</summary>
internal static class TestHost
{
    public static async Task<(WebApplication App, BoundPorts Ports)> StartAsync(Action<WebApplicationBuilder> add, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = 16 << 20;
            kestrel.Listen(IPAddress.Loopback, 0, o => o.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, o => o.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddRoutingCore();
        add(builder);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return (app, BoundPorts.Of(app));
    }
}

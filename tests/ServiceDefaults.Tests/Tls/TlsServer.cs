using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.TestKit;

namespace PromptPlatform.ServiceDefaults.Tests.Tls;

/// <summary>A service of the fleet that has nothing but the defaults.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TlsServer(WebApplication app)
    {
        _app = app;
        Ports = BoundPorts.Of(app);
    }

    public BoundPorts Ports { get; }

    public static async Task<TlsServer> StartAsync(string[] settings, TimeProvider? clock = null, ErrorLogGuard? errors = null, Action<WebApplication>? map = null)
    {
        var app = Build(settings, clock, errors, map);
        await app.StartAsync().WithinAsync();
        return new TlsServer(app);
    }

    private static WebApplication Build(string[] settings, TimeProvider? clock, ErrorLogGuard? errors, Action<WebApplication>? map) => ServiceProgram.Build(
        ["--Limits:DrainDelay=00:00:00", "--Limits:DrainTimeout=00:00:01", .. settings],
        builder => Add(builder, clock, errors),
        app =>
        {
            app.MapServiceDefaults();
            map?.Invoke(app);
        });

    public static void Add(WebApplicationBuilder builder, TimeProvider? clock = null, ErrorLogGuard? errors = null)
    {
        builder.Logging.ClearProviders();
        if (errors is not null)
            builder.Logging.AddProvider(errors);
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        // As Auth it asks nobody for keys.
        builder.AddServiceDefaults("auth");
        builder.Services.AddSingleton<ISigningKeys, TestIdentity>();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().WithinAsync();
        await _app.DisposeAsync();
    }
}

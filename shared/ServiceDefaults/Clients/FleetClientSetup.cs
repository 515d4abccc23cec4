using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.ServiceDefaults.Tls;

namespace PromptPlatform.ServiceDefaults.Clients;

/// <summary>Typed gRPC clients of the fleet's services.</summary>
public static class FleetClientSetup
{
    /// <summary>
    /// Adds a client of the service <paramref name="service"/>. Its address is <c>services:name:grpc:0</c> (as Aspire sets it); every call
    /// carries a token for that service and a deadline, 10 s where the caller sets none. Calls go to all addresses behind a name in turn;
    /// those that may be sent twice are retried: methods whose contract says so, and those in <paramref name="repeatable"/>.
    /// </summary>
    public static WebApplicationBuilder AddFleetClient<TClient>(this WebApplicationBuilder builder, string service, params string[] repeatable) where TClient : ClientBase
    {
        string address = builder.Configuration[$"services:{service}:grpc:0"]
            ?? throw new SettingsException($"services:{service}:grpc:0", "is missing: give the gRPC address of the service, e.g. http://localhost:5201");
        var target = new Uri(address);
        var methods = RepeatableMethods.Of<TClient>(repeatable);
        TlsSetup.RequireSafeAddress(builder.Configuration, $"services:{service}:grpc:0", target);
        builder.Services.AddOptionsAtStart<ClientOptions>("Clients");
        builder.Services.TryAddSingleton<ResolverFactory>(services => new DnsResolverFactory(services.GetRequiredService<IOptions<ClientOptions>>().Value.RefreshInterval));
        builder.Services.TryAddSingleton<ServiceTokens>();
        builder.Services.TryAddSingleton<ServiceTokenSource>();
        builder.Services.TryAddSingleton<DefaultDeadlineInterceptor>();
        builder.Services.AddGrpcClient<TClient>(options => options.Address = FleetChannel.AddressOf(target))
            // The factory's own loggers open scopes on every call and say nothing that the telemetry does not.
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(services => new FleetHttpHandler(service, services.GetRequiredService<ServiceTokens>(), services.GetRequiredService<IOptions<ClientOptions>>().Value, services))
            .ConfigureChannel((services, channel) => FleetChannel.Configure(channel, target, services.GetRequiredService<IOptions<ClientOptions>>().Value, methods))
            .AddInterceptor<DefaultDeadlineInterceptor>();
        return builder;
    }
}

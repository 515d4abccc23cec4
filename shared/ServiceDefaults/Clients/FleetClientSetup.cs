using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.ServiceDefaults.Tls;

namespace PromptPlatform.ServiceDefaults.Clients;

/// <summary>Typed gRPC clients of the fleet's services.</summary>
public static class FleetClientSetup
{
    /// <summary>
    /// Adds a client of the service <paramref name="service"/>. Its address is <c>services:name:grpc:0</c> (as Aspire sets it); every call
    /// carries a token for that service and a deadline, 10 s where the caller sets none.
    /// </summary>
    public static WebApplicationBuilder AddFleetClient<TClient>(this WebApplicationBuilder builder, string service) where TClient : ClientBase
    {
        string address = builder.Configuration[$"services:{service}:grpc:0"]
            ?? throw new SettingsException($"services:{service}:grpc:0", "is missing: give the gRPC address of the service, e.g. http://localhost:5201");
        TlsSetup.RequireSafeAddress(builder.Configuration, $"services:{service}:grpc:0", new Uri(address));
        builder.Services.TryAddSingleton<ServiceTokens>();
        builder.Services.TryAddSingleton<ServiceTokenSource>();
        builder.Services.TryAddSingleton<DefaultDeadlineInterceptor>();
        builder.Services.AddGrpcClient<TClient>(options => options.Address = new Uri(address))
            // The factory's own loggers open scopes on every call and say nothing that the telemetry does not.
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(services => new FleetHttpHandler(service, services.GetRequiredService<ServiceTokens>(), services))
            .AddInterceptor<DefaultDeadlineInterceptor>();
        return builder;
    }
}

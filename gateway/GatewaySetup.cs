using Microsoft.Extensions.Options;
using PromptPlatform.Gateway.Access;
using PromptPlatform.Gateway.Docs;
using PromptPlatform.Gateway.Edge;
using PromptPlatform.Gateway.Edge.Streams;
using PromptPlatform.Gateway.Edge.Wire;
using PromptPlatform.Gateway.Limits;
using PromptPlatform.Gateway.Upstreams;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Settings;
using Yarp.ReverseProxy.Transforms;

namespace PromptPlatform.Gateway;

/// <summary>The door of the gateway: the one public entrance to the fleet.</summary>
public static class GatewaySetup
{
    /// <summary>Adds routes, access, limits, pages. Settings: <c>services:{name}:http|grpc:0</c> for each service, see README.md.</summary>
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        RouteTable.AddTo(builder.Configuration);
        ServiceAddresses.Require(builder.Configuration);
        if (string.IsNullOrEmpty(builder.Configuration["Identity:ServiceSecret"]))
            throw new SettingsException("Identity:ServiceSecret", "is missing: give the gateway's own secret at Auth, with which it follows revocations");
        builder.AddConnectionGate();
        builder.AddHostDefaults("gateway");
        builder.AddIdentity("gateway");
        builder.AddWire();
        // The forwarder warns, with its whole stack, of every body that a caller breaks off; what is a service's fault we log ourselves.
        builder.Logging.AddFilter("Yarp.ReverseProxy.Forwarder.HttpForwarder", LogLevel.Error);
        // So do its probes, every second, of a replica that is away; our policies say once when one goes and when it comes back.
        builder.Logging.AddFilter("Yarp.ReverseProxy.Health", LogLevel.Error);
        // For gRPC health alone: its answer to unknown methods would match every path of two segments.
        builder.Services.AddGrpc(options => options.IgnoreUnknownServices = true);
        builder.Services.AddCors();
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .AddUpstreams()
            .AddTransforms(ProxyTransforms.Add);
        return builder.AddAccess().AddEdge();
    }

    /// <summary>The pipeline, from the outside in.</summary>
    public static WebApplication MapGateway(this WebApplication app)
    {
        WireRefusals.Watch(app);
        app.MapHostDefaults();
        app.UseTrustedProxies(app.Services.GetRequiredService<IOptions<EdgeOptions>>().Value);
        app.UseMiddleware<AnswerHeadersMiddleware>();
        app.UseMiddleware<EdgeErrorMiddleware>();
        app.UseMiddleware<RequestHygieneMiddleware>();
        app.UseMiddleware<PreflightLimitMiddleware>();
        app.UseCors(app.Services.GetRequiredService<IOptions<CorsOptions>>().Value);
        app.UseMiddleware<AdmitMiddleware>();
        app.UseMiddleware<ShedMiddleware>();
        app.UseMiddleware<ForwardMiddleware>();
        app.MapDocs();
        app.MapReverseProxy(proxy =>
        {
            proxy.UseMiddleware<StreamMiddleware>();
            proxy.UseUpstreams();
        });
        return app;
    }

    private static WebApplicationBuilder AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsAtStart<AccessOptions>("Access");
        builder.Services.AddSingleton<KeyExchange>();
        builder.Services.AddSingleton<RefusedKeys>();
        builder.Services.AddSingleton<KeyCache>();
        builder.Services.AddSingleton<FleetTokens>();
        builder.Services.AddSingleton<CallerAccess>();
        return builder;
    }

    private static WebApplicationBuilder AddEdge(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsAtStart<EdgeOptions>("Edge");
        builder.Services.AddOptionsAtStart<WireOptions>("Connections");
        builder.Services.AddOptionsAtStart<CorsOptions>("Cors");
        builder.Services.AddLimits(builder.Configuration);
        builder.Services.AddSingleton<RoutePolicies>();
        builder.Services.AddSingleton<LiveStreams>();
        builder.Services.AddSingleton<OpenApiDocument>();
        builder.Services.AddSingleton<DocsPage>();
        return builder;
    }
}

using System.Net.Http;
using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Settings;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.ServiceDiscovery;
using Yarp.ReverseProxy.Transforms;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>The door of the gateway's upstream side: replicas, their health, and second attempts.</summary>
internal static class UpstreamsSetup
{
    private static readonly TimeSpan s_connectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Adds replicas, health and retries to the proxy.</summary>
    public static IReverseProxyBuilder AddUpstreams(this IReverseProxyBuilder proxy)
    {
        proxy.Services.AddOptionsAtStart<UpstreamOptions>("Upstreams");
        proxy.Services.AddSingleton<IForwarderHttpClientFactory, FleetForwarderClients>();
        proxy.Services.AddSingleton<INameLookup, SystemNameLookup>();
        proxy.Services.AddSingleton<IDestinationResolver, AddressResolver>();
        proxy.Services.AddSingleton<IPassiveHealthCheckPolicy, OutlierPolicy>();
        proxy.Services.AddSingleton<IActiveHealthCheckPolicy, ReadinessPolicy>();
        proxy.Services.AddSingleton<IAvailableDestinationsPolicy, BestOfReplicas>();
        proxy.Services.AddSingleton<UpstreamMetrics>();
        proxy.Services.AddSingleton<RetryBudgets>();
        proxy.Services.AddSingleton<ReplicaLives>();
        proxy.AddConfigFilter<ClusterRules>();
        return proxy.AddTransforms(route => route.AddResponseTransform(RefuseAnswer));
    }

    /// <summary>The part of the proxy's pipeline that chooses a replica.</summary>
    public static void UseUpstreams(this IReverseProxyApplicationBuilder proxy)
    {
        proxy.UseMiddleware<RetryMiddleware>();
        proxy.UseLoadBalancing();
        proxy.UseMiddleware<LeaveMiddleware>();
        proxy.UsePassiveHealthChecks();
    }

    /// <summary>Bounds the transport to the services.</summary>
    public static void Configure(SocketsHttpHandler handler, UpstreamOptions options)
    {
        handler.ConnectTimeout = options.ConnectTimeout;
        handler.PooledConnectionLifetime = s_connectionLifetime;
        // A frozen or vanished peer is noticed while calls wait for it; only HTTP/2 has pings.
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        handler.KeepAlivePingDelay = TimeSpan.FromSeconds(5);
        handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(5);
    }

    private static ValueTask RefuseAnswer(ResponseTransformContext response)
    {
        if (response.ProxyResponse is { } answer && response.HttpContext.Features.Get<Attempt>()?.RefusesAnswer(answer) == true)
            response.SuppressResponseBody = true;
        return ValueTask.CompletedTask;
    }
}

using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace PromptPlatform.Gateway.Edge.Streams;

/// <summary>Part of the proxy's pipeline: a stream may be silent for longer than its cluster allows an answer to be.</summary>
internal sealed class StreamMiddleware(RequestDelegate next, RoutePolicies policies, IOptions<EdgeOptions> options)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (policies.Of(http) is { Streams: true } && http.GetReverseProxyFeature() is { } proxy)
            http.Features.Set<IReverseProxyFeature>(new ReverseProxyFeature
            {
                Route = proxy.Route,
                Cluster = Patient(proxy.Cluster),
                AllDestinations = proxy.AllDestinations,
                AvailableDestinations = proxy.AvailableDestinations,
            });
        return next(http);
    }

    private ClusterModel Patient(ClusterModel cluster)
    {
        var request = (cluster.Config.HttpRequest ?? ForwarderRequestConfig.Empty) with { ActivityTimeout = options.Value.StreamIdleTimeout };
        return new ClusterModel(cluster.Config with { HttpRequest = request }, cluster.HttpClient);
    }
}

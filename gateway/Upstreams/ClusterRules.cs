using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.LoadBalancing;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>What holds for every cluster: of two replicas taken by chance the one with less to do; probed and watched where there are several.</summary>
internal sealed class ClusterRules(IOptions<UpstreamOptions> options) : IProxyConfigFilter
{
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) => ValueTask.FromResult(cluster with
    {
        LoadBalancingPolicy = cluster.LoadBalancingPolicy ?? LoadBalancingPolicies.PowerOfTwoChoices,
        HealthCheck = cluster.HealthCheck ?? new HealthCheckConfig
        {
            AvailableDestinationsPolicy = BestOfReplicas.PolicyName,
            Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = OutlierPolicy.PolicyName },
            Active = new ActiveHealthCheckConfig
            {
                // One replica gets all requests whatever a probe says.
                Enabled = cluster.Destinations?.Count > 1,
                Policy = ReadinessPolicy.PolicyName,
                Path = "/health/ready",
                Interval = options.Value.ProbeInterval,
                Timeout = options.Value.ProbeTimeout,
            },
        },
    });

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => ValueTask.FromResult(route);
}

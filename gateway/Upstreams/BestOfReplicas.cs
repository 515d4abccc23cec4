using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>
/// Who gets requests: replicas that are ready and not ejected; when there is none, those that are not ejected, since a probe that
/// nobody passes says more about the gateway or what all replicas depend on; else all.
/// </summary>
internal sealed class BestOfReplicas : IAvailableDestinationsPolicy
{
    public const string PolicyName = "BestOfReplicas";

    public string Name => PolicyName;

    public IReadOnlyList<DestinationState> GetAvailalableDestinations(ClusterConfig config, IReadOnlyList<DestinationState> allDestinations)
    {
        DestinationState[] kept = [.. allDestinations.Where(d => d.Health.Passive != DestinationHealth.Unhealthy)];
        DestinationState[] ready = [.. kept.Where(d => d.Health.Active != DestinationHealth.Unhealthy)];
        return ready.Length > 0 ? ready : kept.Length > 0 ? kept : allDestinations;
    }
}

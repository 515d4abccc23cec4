using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>
/// Judges the answers of <c>/health/ready</c>: a replica that gives none in time (dead, frozen, cut off) or says 503 (starting,
/// draining) gets no requests until it answers. Anything else is an answer.
/// </summary>
internal sealed class ReadinessPolicy(IDestinationHealthUpdater health, ReplicaLives lives, UpstreamMetrics metrics, ILogger<ReadinessPolicy> logger) : IActiveHealthCheckPolicy
{
    public const string PolicyName = "Readiness";

    public string Name => PolicyName;

    public void ProbingCompleted(ClusterState cluster, IReadOnlyList<DestinationProbingResult> probingResults)
    {
        var judged = new NewActiveDestinationHealth[probingResults.Count];
        for (int i = 0; i < judged.Length; i++)
            judged[i] = new NewActiveDestinationHealth(probingResults[i].Destination, Judge(cluster, probingResults[i]));
        health.SetActive(cluster, judged);
        // After it, so that nobody who leaves one of them comes back to it.
        foreach (var probe in probingResults)
        {
            if (probe.Response is null)
                lives.End(probe.Destination);
        }
    }

    private DestinationHealth Judge(ClusterState cluster, DestinationProbingResult probe)
    {
        bool ready = (int?)probe.Response?.StatusCode is not (null or 503);
        var before = probe.Destination.Health.Active;
        if (!ready && before != DestinationHealth.Unhealthy)
        {
            metrics.NotReady(cluster.ClusterId);
            logger.NotReady(cluster.ClusterId, probe.Destination.DestinationId, probe.Response is null ? "does not answer" : "says 503");
        }
        else if (ready && before == DestinationHealth.Unhealthy)
        {
            logger.ReadyAgain(cluster.ClusterId, probe.Destination.DestinationId);
        }
        return ready ? DestinationHealth.Healthy : DestinationHealth.Unhealthy;
    }
}

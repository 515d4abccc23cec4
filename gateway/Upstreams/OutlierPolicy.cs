using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>
/// Ejects a replica that fails where its siblings do not: at once when it cannot be reached, else after three failures in a row or
/// when a share of its answers of the last three seconds are failures and at least twice that of the others. Never more than half
/// of a service's replicas. It comes back by itself; one failure then ejects it for twice as long.
/// </summary>
internal sealed class OutlierPolicy(IDestinationHealthUpdater health, IOptions<UpstreamOptions> options, UpstreamMetrics metrics, TimeProvider clock, ILogger<OutlierPolicy> logger) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "Outlier";
    private const int FailuresInARow = 3;
    private readonly ConditionalWeakTable<DestinationState, ReplicaRecord> _records = [];
    private readonly Lock _door = new();

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        var outcome = Outcomes.Of(context);
        if (outcome == Outcome.None)
            return;
        var record = Record(destination);
        record.Window.Add(outcome != Outcome.Answered);
        if (outcome == Outcome.Answered)
            return;
        metrics.Failed(cluster.ClusterId, outcome);
        var all = cluster.DestinationsState.AllDestinations;
        if (all.Count > 1 && IsOutlier(record, outcome, all.Where(d => d != destination)))
            Eject(cluster, destination, record, all);
    }

    private ReplicaRecord Record(DestinationState destination) => _records.GetValue(destination, _ => new ReplicaRecord(clock));

    private bool IsOutlier(ReplicaRecord record, Outcome outcome, IEnumerable<DestinationState> siblings)
    {
        if (outcome == Outcome.Unreachable)
            return true;
        var (total, failed) = record.Window.Read();
        double share = Share(total, failed);
        bool bad = record.OnProbation || record.Window.InARow >= FailuresInARow || (failed >= options.Value.EjectAfterFailures && share >= options.Value.EjectShare);
        if (!bad)
            return false;
        var others = siblings.Select(s => Record(s).Window.Read()).Aggregate((Total: 0, Failed: 0), (sum, one) => (sum.Total + one.Total, sum.Failed + one.Failed));
        // Without anything to compare with, only what is known to be bad goes.
        return others.Total == 0 ? record.OnProbation : share >= 2 * Share(others.Total, others.Failed);
    }

    private static double Share(int total, int failed) => total == 0 ? 0 : (double)failed / total;

    private void Eject(ClusterState cluster, DestinationState destination, ReplicaRecord record, IReadOnlyList<DestinationState> all)
    {
        lock (_door)
        {
            if (destination.Health.Passive == DestinationHealth.Unhealthy)
                return;
            if ((all.Count(d => d.Health.Passive == DestinationHealth.Unhealthy) + 1) * 2 > all.Count)
                return;
            var time = record.Eject(options.Value.Ejection, options.Value.MaxEjection);
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, time);
            metrics.Ejected(cluster.ClusterId);
            logger.ReplicaEjected(cluster.ClusterId, destination.DestinationId, time);
        }
    }
}

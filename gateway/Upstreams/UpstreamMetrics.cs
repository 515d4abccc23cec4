using System.Diagnostics.Metrics;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>Instruments of the meter PromptPlatform.Gateway.Upstreams. The label <c>cluster</c> has the values of the route table.</summary>
internal sealed class UpstreamMetrics
{
    private readonly Counter<long> _failures;
    private readonly Counter<long> _ejections;
    private readonly Counter<long> _notReady;
    private readonly Counter<long> _retries;

    public UpstreamMetrics(IMeterFactory factory)
    {
        var meter = factory.Create("PromptPlatform.Gateway.Upstreams");
        _failures = meter.CreateCounter<long>("gateway.upstream.failures", "{request}", "Attempts that a replica failed, by kind: failed, unreachable");
        _ejections = meter.CreateCounter<long>("gateway.upstream.ejections", "{ejection}", "Replicas ejected because they failed where their siblings did not");
        _notReady = meter.CreateCounter<long>("gateway.upstream.not_ready", "{replica}", "Replicas that stopped to answer the readiness probe");
        _retries = meter.CreateCounter<long>("gateway.upstream.retries", "{request}", "Requests that could be sent again, by outcome: sent, over_budget");
    }

    public void Failed(string cluster, Outcome outcome) =>
        _failures.Add(1, new("cluster", cluster), new("kind", outcome == Outcome.Unreachable ? "unreachable" : "failed"));

    public void Ejected(string cluster) => _ejections.Add(1, new KeyValuePair<string, object?>("cluster", cluster));

    public void NotReady(string cluster) => _notReady.Add(1, new KeyValuePair<string, object?>("cluster", cluster));

    public void Retried(string cluster, bool sent) => _retries.Add(1, new("cluster", cluster), new("outcome", sent ? "sent" : "over_budget"));
}

using System.Diagnostics.Metrics;

namespace PromptPlatform.Gateway.Limits;

/// <summary>Instruments of the meter PromptPlatform.Gateway.Limits. No label names a caller.</summary>
internal sealed class LimitMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _shed;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _decided;

    public LimitMetrics(IMeterFactory factory)
    {
        _meter = factory.Create("PromptPlatform.Gateway.Limits");
        _refused = _meter.CreateCounter<long>("gateway.limit.refused", "{request}", "Requests over a limit, by bucket: organization, key, address");
        _decided = _meter.CreateCounter<long>("gateway.limit.decided", "{request}", "Charges where a shared store is set, by who decided: shared, local");
        _shed = _meter.CreateCounter<long>("gateway.shed.refused", "{request}", "Requests refused for lack of room, by reason: full, waited");
    }

    public void Refused(string bucket) => _refused.Add(1, new KeyValuePair<string, object?>("bucket", bucket));

    public void DecidedBy(string store) => _decided.Add(1, new KeyValuePair<string, object?>("by", store));

    public void Shed(Entry reason) => _shed.Add(1, new KeyValuePair<string, object?>("reason", reason == Entry.Full ? "full" : "waited"));

    /// <summary>Reports limit and load from now on.</summary>
    public void Watch(AdaptiveLimit limit, FairGate gate)
    {
        _meter.CreateObservableGauge("gateway.shed.limit", () => limit.Current, "{request}", "Requests that the services may work on at once");
        _meter.CreateObservableGauge("gateway.shed.in_flight", () => gate.InFlight, "{request}", "Requests that they work on");
        _meter.CreateObservableGauge("gateway.shed.waiting", () => gate.Waiting, "{request}", "Requests that wait for room");
    }
}

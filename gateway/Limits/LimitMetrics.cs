using System.Diagnostics.Metrics;

namespace PromptPlatform.Gateway.Limits;

/// <summary>Instruments of the meter PromptPlatform.Gateway.Limits. No label names a caller.</summary>
internal sealed class LimitMetrics
{
    private readonly Counter<long> _refused;
    private readonly Counter<long> _decided;

    public LimitMetrics(IMeterFactory factory)
    {
        var meter = factory.Create("PromptPlatform.Gateway.Limits");
        _refused = meter.CreateCounter<long>("gateway.limit.refused", "{request}", "Requests over a limit, by bucket: organization, key, address");
        _decided = meter.CreateCounter<long>("gateway.limit.decided", "{request}", "Charges where a shared store is set, by who decided: shared, local");
    }

    public void Refused(string bucket) => _refused.Add(1, new KeyValuePair<string, object?>("bucket", bucket));

    public void DecidedBy(string store) => _decided.Add(1, new KeyValuePair<string, object?>("by", store));
}

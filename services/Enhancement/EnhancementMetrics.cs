using System.Diagnostics.Metrics;

namespace PromptPlatform.Enhancement;

/// <summary>Instruments of the meter PromptPlatform.Enhancement. None carries anything of a prompt.</summary>
internal sealed class EnhancementMetrics(IMeterFactory factory)
{
    /// <summary>Name of the meter, for the telemetry setup.</summary>
    public const string MeterName = "PromptPlatform.Enhancement";

    readonly Counter<long> refused = factory.Create(MeterName).CreateCounter<long>(
        "enhancement.proof.refused", "{composition}", "Compositions that failed their proof and were not returned, by reason");

    /// <summary>Counts a composition that was refused.</summary>
    /// <param name="reason">One word of the checker.</param>
    public void Refused(string reason) => refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
}

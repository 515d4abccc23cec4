using Npgsql;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>Which experiments an enhancement fell under.</summary>
internal static class Exposures
{
    /// <summary>Keeps them beside the facts of the enhancement.</summary>
    public static void Add(NpgsqlBatch batch, PromptEnhanced happened)
    {
        var exposures = new List<(Guid, string, long)>();
        foreach (var exposure in happened.Exposures ?? [])
        {
            if (PublicId.TryParse("exp", exposure.ExperimentId, out var id))
                exposures.Add((id, exposure.Arm, exposure.Unit));
        }
        if (exposures.Count > 0)
            ExposureRows.Add(batch, happened, exposures);
    }
}

using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Experiments;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>Assigned arms as the contract says them.</summary>
internal static class ExperimentMapping
{
    /// <summary>The first one apart, since most often there is one.</summary>
    public static void Add(EnhanceResponse response, IReadOnlyList<AssignedArm> assigned)
    {
        if (assigned.Count == 0)
            return;
        response.Experiment = ToMessage(assigned[0]);
        response.OtherExperiments.AddRange(assigned.Skip(1).Select(ToMessage));
    }

    private static ExperimentAssignment ToMessage(AssignedArm arm) => new() { Id = arm.ExperimentId, Arm = arm.Arm };
}

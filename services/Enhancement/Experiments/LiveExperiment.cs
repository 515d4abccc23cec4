using Google.Protobuf.Collections;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Enhancement.Policies;
using PromptPlatform.Enhancement.Techniques;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Enhancement.Experiments;


/// <summary>A running experiment, ready to assign. Pure: the same unit always falls into the same arm, and nothing is kept of it.</summary>
internal sealed class LiveExperiment
{
    /// <summary>Slots of a layer.</summary>
    public const int Slots = 10_000;

    private readonly RunningExperiment _running;
    private readonly (string Key, double Below, PolicyOverlay Overlay, bool IsStopped)[] _arms;

    public LiveExperiment(RunningExperiment running)
    {
        _running = running;
        double below = 0;
        _arms = [.. running.Arms.Select(arm => (arm.Key, below += arm.Weight, OverlayMapping.Read(arm.Overlay ?? new()), running.StoppedArms.Contains(arm.Key)))];
    }

    /// <summary>The layer whose units it shares with others.</summary>
    public string Layer => _running.Layer;

    /// <summary>The slot of a unit in a layer of an organisation.</summary>
    public static int SlotOf(Guid orgId, string layer, string unit) => UnitHash.Slot(UnitHash.Of($"layer {orgId:N} {layer}", unit), Slots);

    /// <summary>Who is assigned; empty when the caller is no such unit.</summary>
    public string UnitOf(Caller caller, ExperimentFacts facts) => _running.Unit switch
    {
        "key" => caller.KeyId,
        "end_user" => facts.EndUser,
        _ => caller.Subject,
    };

    /// <summary>Whether the experiment holds a slot of its layer.</summary>
    public bool Holds(int slot)
    {
        for (int i = 0; i + 1 < _running.Slots.Count; i += 2)
        {
            if (slot >= _running.Slots[i] && slot < _running.Slots[i + 1])
                return true;
        }
        return false;
    }

    /// <summary>Whether an enhancement may take part.</summary>
    public bool Takes(ExperimentFacts facts) =>
        _running.Eligibility is not { } eligibility
        || (Any(eligibility.Intents, facts.Intent) && Any(eligibility.Domains, facts.Domain) && Any(eligibility.Languages, facts.Language) && Any(eligibility.Families, facts.Family));

    /// <summary>The arm of a unit; null when a guardrail has stopped it. It depends on the experiment, the weights and the unit alone, never on the share.</summary>
    public AssignedArm? ArmOf(string unit)
    {
        ulong hash = UnitHash.Of("experiment " + _running.Id, unit);
        double place = UnitHash.Fraction(hash);
        // Weights may add up to a little less than 1: the last arm takes what is left.
        int index = Array.FindIndex(_arms, arm => place < arm.Below);
        var chosen = _arms[index < 0 ? ^1 : index];
        return chosen.IsStopped ? null : new(_running.Id, _running.Revision, chosen.Key, chosen.Overlay, unchecked((long)hash));
    }

    private static bool Any(RepeatedField<string> names, string name) => names.Count == 0 || names.Contains(name);
}

using System.Collections.Frozen;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Enhancement.Experiments;

/// <summary>Everything that runs, of every organisation, at one moment. Immutable.</summary>
internal sealed class ExperimentSnapshot
{
    private readonly FrozenDictionary<Guid, ILookup<string, LiveExperiment>> _layers;

    public ExperimentSnapshot(string version, IEnumerable<RunningExperiment> running)
    {
        Version = version;
        _layers = running.GroupBy(e => Guid.ParseExact(e.OrganizationId, "N")).ToFrozenDictionary(
            org => org.Key, org => org.OrderBy(e => e.Layer, StringComparer.Ordinal).Select(e => new LiveExperiment(e)).ToLookup(e => e.Layer, StringComparer.Ordinal));
    }

    /// <summary>Before the first one came: nobody takes part.</summary>
    public static ExperimentSnapshot Empty { get; } = new("", []);

    /// <summary>As Analytics names it.</summary>
    public string Version { get; }

    /// <summary>Organisations in it.</summary>
    public int Organizations => _layers.Count;

    /// <summary>The arms that an enhancement falls into: at most one of each layer, by name of the layer.</summary>
    public IReadOnlyList<AssignedArm> Assign(Caller caller, ExperimentFacts facts)
    {
        if (!_layers.TryGetValue(caller.OrgId, out var layers))
            return [];
        var assigned = new List<AssignedArm>();
        foreach (var layer in layers)
        {
            if (OfLayer(layer, caller, facts) is { } arm)
                assigned.Add(arm);
        }
        return assigned;
    }

    // Two experiments of a layer may assign different kinds of units; a user and a key then have a slot each, and the first that holds one takes part.
    private static AssignedArm? OfLayer(IGrouping<string, LiveExperiment> layer, Caller caller, ExperimentFacts facts)
    {
        foreach (var experiment in layer)
        {
            string unit = experiment.UnitOf(caller, facts);
            if (unit.Length > 0 && experiment.Holds(LiveExperiment.SlotOf(caller.OrgId, layer.Key, unit)))
                return experiment.Takes(facts) ? experiment.ArmOf(unit) : null;
        }
        return null;
    }
}

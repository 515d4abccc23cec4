using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>An arm that a guardrail stopped.</summary>
internal sealed record ArmStop(string Arm, string Reason, DateTimeOffset At);

/// <summary>An experiment as it is kept. Every change is a new revision.</summary>
/// <param name="State">draft, running or stopped; it only goes forward.</param>
/// <param name="Slots">What it holds of its layer, see <see cref="LayerSlots"/>; nothing unless it runs.</param>
internal sealed record StoredExperiment(
    Guid Id, int Revision, string State, ExperimentDefinition Definition, IReadOnlyList<int> Slots, IReadOnlyList<ArmStop> StoppedArms,
    DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? StartedAt, DateTimeOffset? StoppedAt, string StopReason)
{
    public const string Draft = "draft", Running = "running", Stopped = "stopped";

    /// <summary>The id as the API shows it.</summary>
    public string PublicId => ServiceDefaults.Text.PublicId.Format("exp", Id);

    /// <summary>Reads such an id.</summary>
    public static Guid ParseId(string text) => ServiceDefaults.Text.PublicId.Parse("exp", "experiment", text);

    /// <summary>A new one.</summary>
    public static StoredExperiment Of(Guid id, ExperimentDefinition definition, string author, DateTimeOffset now) =>
        new(id, 1, Draft, definition, [], [], now, author, null, null, "");

    /// <summary>Arms that still assign units.</summary>
    public IEnumerable<ExperimentArm> LiveArms => Definition.Arms.Where(a => !IsStopped(a.Key));

    public bool IsStopped(string arm) => StoppedArms.Any(s => s.Arm == arm);

    /// <summary>With another definition; drafts only.</summary>
    public StoredExperiment Replace(ExperimentDefinition definition) => Require(Draft, "can be changed only as a draft; make a new one, or ramp or stop this one")
        with { Revision = Revision + 1, Definition = definition };

    /// <summary>Running on these slots.</summary>
    public StoredExperiment Start(IReadOnlyList<int> slots, DateTimeOffset now) => Require(Draft, "can be started only once; make a new one")
        with { Revision = Revision + 1, State = Running, Slots = slots, StartedAt = now };

    /// <summary>Running with another share.</summary>
    public StoredExperiment Ramp(double share, IReadOnlyList<int> slots) => Require(Running, "can be ramped only while it runs")
        with { Revision = Revision + 1, Slots = slots, Definition = new(Definition) { Share = share } };

    /// <summary>Stopped for good.</summary>
    public StoredExperiment Stop(string reason, DateTimeOffset now) => Require(Running, "can be stopped only while it runs")
        with { Revision = Revision + 1, State = Stopped, Slots = [], StoppedAt = now, StopReason = reason };

    /// <summary>Without an arm; without the last arm beside the control there is nothing to compare, and it stops.</summary>
    public StoredExperiment StopArm(string arm, string reason, DateTimeOffset now)
    {
        var without = this with { Revision = Revision + 1, StoppedArms = [.. StoppedArms, new(arm, reason, now)] };
        return without.LiveArms.Skip(1).Any() ? without : without with { State = Stopped, Slots = [], StoppedAt = now, StopReason = "every arm beside the control was stopped by a guardrail" };
    }

    private StoredExperiment Require(string state, string otherwise) =>
        State == state ? this : throw RequestException.Conflict("experiment_state", $"the experiment is {State}: it {otherwise}");
}

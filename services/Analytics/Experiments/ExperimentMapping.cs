using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>Experiments as the contract says them.</summary>
internal static class ExperimentMapping
{
    public static Experiment ToMessage(this StoredExperiment experiment) => new()
    {
        Id = experiment.PublicId,
        Definition = new(experiment.Definition) { Id = experiment.PublicId },
        State = experiment.State,
        Revision = experiment.Revision,
        CreatedAt = Timestamp.FromDateTimeOffset(experiment.CreatedAt),
        CreatedBy = experiment.CreatedBy,
        StartedAt = Time(experiment.StartedAt),
        StoppedAt = Time(experiment.StoppedAt),
        StopReason = experiment.StopReason,
        StoppedArms = { experiment.StoppedArms.Select(s => new StoppedArm { Arm = s.Arm, Reason = s.Reason, StoppedAt = Timestamp.FromDateTimeOffset(s.At) }) },
    };

    /// <summary>What Enhancement needs to assign units.</summary>
    public static RunningExperiment ToRunning(this StoredExperiment experiment, Guid orgId) => new()
    {
        Id = experiment.PublicId,
        OrganizationId = orgId.ToString("N"),
        Revision = experiment.Revision,
        Layer = experiment.Definition.Layer,
        Unit = experiment.Definition.Unit,
        Slots = { experiment.Slots },
        Arms = { experiment.Definition.Arms },
        StoppedArms = { experiment.StoppedArms.Select(s => s.Arm) },
        Eligibility = experiment.Definition.Eligibility ?? new(),
    };

    private static Timestamp? Time(DateTimeOffset? at) => at is { } known ? Timestamp.FromDateTimeOffset(known) : null;
}

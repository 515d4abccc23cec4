using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Enhancement.Experiments;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Enhancement.Tests.Experiments;

/// <summary>Running experiments for tests.</summary>
internal static class Running
{
    public static readonly Guid Org = new("4f3a2b1c-0000-4000-8000-000000000001");

    public static readonly ExperimentFacts Facts = new("explanation", "general", "en", "gpt");

    /// <summary>An experiment of two equal arms that holds the slots from 0 up to a number.</summary>
    public static RunningExperiment Experiment(string id = "exp_1", int slots = 10_000, string layer = "default", int from = 0, params double[] weights)
    {
        double[] all = weights.Length > 0 ? weights : [0.5, 0.5];
        return new()
        {
            Id = id,
            OrganizationId = Org.ToString("N"),
            Revision = 2,
            Layer = layer,
            Unit = "user",
            Slots = { from, slots },
            Arms = { all.Select((weight, i) => new ExperimentArm { Key = i == 0 ? "control" : $"b{i}", Weight = weight }) },
        };
    }

    public static Caller User(string name, Guid? org = null) => new(name, org ?? Org, "key_1", new HashSet<string>(), DateTimeOffset.MaxValue);

    /// <summary>The first arm that a user falls into; null for none.</summary>
    public static string? ArmOf(this ExperimentSnapshot snapshot, string user, ExperimentFacts? facts = null) => snapshot.Assign(User(user), facts ?? Facts) is [var first, ..] ? $"{first.ExperimentId} {first.Arm}" : null;
}

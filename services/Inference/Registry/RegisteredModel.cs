using System.Globalization;
using System.Text.Json;
using PromptPlatform.Inference.Models;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Inference.Registry;

/// <summary>One file of a version, kept under its hash.</summary>
internal sealed record RegisteredFile(string Name, string Sha256, long SizeBytes);

/// <summary>Where a version comes from; see ModelLineage of the contract.</summary>
internal sealed record Lineage(string DataHash, string CodeCommit, string TrainedAt, JsonElement? Parameters, JsonElement? Environment)
{
    /// <summary>What card and run record of a model tell.</summary>
    /// <exception cref="InvalidDataException">They speak of different versions.</exception>
    public static Lineage Of(ModelCard card, RunRecord run) => run.Version.Length == 0 || run.Version == card.Version
        ? new(card.DataHash(), run.Commit, card.TrainedAt, card.Parameters, run.Environment)
        : throw new InvalidDataException($"run.json is of version {run.Version}, model.json of version {card.Version}");
}

/// <summary>A registered version. Only stage, predecessor and revision ever change.</summary>
/// <param name="Predecessor">What it took the place of when it was promoted; null when it never was, or nothing served before.</param>
internal sealed record RegisteredModel(
    string Version, ModelStage Stage, long Revision, string? Predecessor, IReadOnlyList<RegisteredFile> Files, IReadOnlyDictionary<string, double> Metrics, Lineage Lineage,
    string RegisteredBy, DateTimeOffset RegisteredAt, DateTimeOffset StagedAt)
{
    /// <summary>What a caller hands back to change exactly what it has read.</summary>
    public string Etag => Revision.ToString(CultureInfo.InvariantCulture);

    public long SizeBytes => Files.Sum(file => file.SizeBytes);

    /// <summary>The version in another stage.</summary>
    /// <exception cref="RequestException">The rules of stages forbid it.</exception>
    public RegisteredModel InStage(ModelStage stage, DateTimeOffset now)
    {
        ModelStages.CheckChange(Version, Stage, stage);
        return MovedTo(stage, now);
    }

    /// <summary>The version in another stage because another takes its place.</summary>
    public RegisteredModel MovedTo(ModelStage stage, DateTimeOffset now) => this with { Stage = stage, Revision = Revision + 1, StagedAt = now };

    public bool HasFilesOf(RegisteredModel other) => Files.Order(ByName).SequenceEqual(other.Files.Order(ByName));

    private static Comparer<RegisteredFile> ByName => Comparer<RegisteredFile>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));
}

/// <summary>A change of stage.</summary>
internal sealed record ModelChange(string Version, ModelStage? From, ModelStage To, string Actor, string Reason, DateTimeOffset At);

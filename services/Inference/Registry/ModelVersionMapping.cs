using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Contracts.Inference.V1;

namespace PromptPlatform.Inference.Registry;

/// <summary>Registered versions as the contract says them.</summary>
internal static class ModelVersionMapping
{
    public static ModelVersion ToMessage(this RegisteredModel model) => new()
    {
        Version = model.Version,
        Stage = model.Stage.NameOf(),
        Etag = model.Etag,
        SizeBytes = model.SizeBytes,
        Metrics = { model.Metrics.ToDictionary() },
        Lineage = new()
        {
            DataHash = model.Lineage.DataHash,
            CodeCommit = model.Lineage.CodeCommit,
            TrainedAt = model.Lineage.TrainedAt,
            Parameters = model.Lineage.Parameters?.GetRawText() ?? "",
            Environment = model.Lineage.Environment?.GetRawText() ?? "",
        },
        Files = { model.Files.Select(file => new ModelFile { Name = file.Name, Sha256 = file.Sha256, SizeBytes = file.SizeBytes }) },
        RegisteredBy = model.RegisteredBy,
        RegisteredAt = Timestamp.FromDateTimeOffset(model.RegisteredAt),
        StagedAt = Timestamp.FromDateTimeOffset(model.StagedAt),
    };

    public static StageChange ToMessage(this ModelChange change) => new()
    {
        From = change.From?.NameOf() ?? "",
        To = change.To.NameOf(),
        Actor = change.Actor,
        Reason = change.Reason,
        At = Timestamp.FromDateTimeOffset(change.At),
    };
}

using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Storage;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Inference.Registry;

/// <summary>Puts back what a version took the place of.</summary>
internal sealed class RollbackModel(RegistryDatabase database, RegistryWatch watch, TimeProvider clock)
{
    /// <summary>Answers POST /v1/models/{version}:rollback. Proves nothing first: what served before is the best there is, and it must be quick.</summary>
    public async Task<ModelVersion> HandleAsync(StageModelRequest request, Caller caller, CancellationToken cancellation)
    {
        TextRules.CheckText("reason", request.Reason, StageModel.MaxReason);
        var now = clock.GetUtcNow();
        await using var transaction = await database.BeginAsync(cancellation);
        var serving = await ModelRows.FindAsync(transaction, request.Version, cancellation) ?? throw RequestException.NotFound("model", GetModelVersion.Shown(request.Version));
        if (request.Etag.Length > 0 && request.Etag != serving.Etag) throw RequestException.Stale($"model {serving.Version}");
        if (serving.Stage != ModelStage.Production) throw ModelStages.Refused($"model {serving.Version} is in stage {serving.Stage.NameOf()} and does not serve: nothing to roll back");
        if (serving.Predecessor is null) throw ModelStages.Refused($"model {serving.Version} is the first that served: promote another version instead");

        var back = await ModelRows.FindAsync(transaction, serving.Predecessor, cancellation) ?? throw RequestException.NotFound("model", serving.Predecessor);
        await StageModel.WriteAsync(transaction, serving, serving.MovedTo(ModelStage.Retired, now), request.Reason, caller.Subject, cancellation);
        var restored = back.InStage(ModelStage.Production, now);
        await StageModel.WriteAsync(transaction, back, restored, request.Reason, caller.Subject, cancellation);
        await transaction.CommitAsync(cancellation);
        watch.LookNow();
        return restored.ToMessage();
    }
}

using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Inference.Registry;

/// <summary>Keeps a model folder as a candidate.</summary>
internal sealed class RegisterModel(RegistryDatabase database, ArtefactStore store, ModelIntake intake)
{
    /// <summary>Answers POST /v1/models.</summary>
    public async Task<ModelVersion> HandleAsync(RegisterModelRequest request, Caller caller, CancellationToken cancellation)
    {
        TextRules.CheckText("reason", request.Reason, StageModel.MaxReason);
        database.Require();
        var model = await intake.TakeAsync(store.Incoming(request.Folder), caller.Subject, cancellation);
        await using var transaction = await database.BeginAsync(cancellation);
        var registered = await ModelIntake.RegisterAsync(transaction, model, request.Reason, cancellation);
        await transaction.CommitAsync(cancellation);
        return registered.ToMessage();
    }
}

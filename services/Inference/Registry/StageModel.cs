using Npgsql;
using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Storage;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Inference.Registry;

/// <summary>Puts a version into another stage.</summary>
internal sealed class StageModel(RegistryDatabase database, ArtefactStore store, ModelIntake intake, RegistryWatch watch, TimeProvider clock)
{
    /// <summary>Most UTF-16 units of a reason.</summary>
    public const int MaxReason = 500;

    /// <summary>Answers POST /v1/models/{version}:shadow, :canary, :promote and :retire.</summary>
    public async Task<ModelVersion> HandleAsync(StageModelRequest request, ModelStage stage, Caller caller, CancellationToken cancellation)
    {
        // 1 read  2 check  3 prove  4 write  5 tell
        TextRules.CheckText("reason", request.Reason, MaxReason);
        var model = await FindAsync(request, cancellation);

        // 2
        var now = clock.GetUtcNow();
        var staged = model.InStage(stage, now);

        // 3: what is to answer callers must load from the store today, not only when it was registered.
        if (stage is not ModelStage.Retired) await intake.ProveAsync(Open(model), cancellation);

        // 4
        await using var transaction = await database.BeginAsync(cancellation);
        if (stage == ModelStage.Production) staged = staged with { Predecessor = await RetireServingAsync(transaction, request.Reason, caller.Subject, now, cancellation) };
        await WriteAsync(transaction, model, staged, request.Reason, caller.Subject, cancellation);
        await transaction.CommitAsync(cancellation);

        // 5
        watch.LookNow();
        return staged.ToMessage();
    }

    /// <summary>Retires what serves; answers its version, or null when nothing does.</summary>
    internal static async Task<string?> RetireServingAsync(TenantTransaction transaction, string reason, string actor, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await ModelRows.FindServingAsync(transaction, cancellation) is not { } serving) return null;
        await WriteAsync(transaction, serving, serving.MovedTo(ModelStage.Retired, now), reason, actor, cancellation);
        return serving.Version;
    }

    /// <summary>Writes a change and its note.</summary>
    /// <exception cref="RequestException">Somebody else was faster.</exception>
    internal static async Task WriteAsync(TenantTransaction transaction, RegisteredModel read, RegisteredModel changed, string reason, string actor, CancellationToken cancellation)
    {
        try
        {
            if (!await ModelRows.UpdateAsync(transaction, changed, read.Revision, cancellation)) throw RequestException.Stale($"model {read.Version}");
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Two promotions at once: one serves.
            throw RequestException.Stale("the serving model");
        }

        await ModelChangeRows.InsertAsync(transaction, new(read.Version, read.Stage, changed.Stage, actor, reason, changed.StagedAt), cancellation);
    }

    private async Task<RegisteredModel> FindAsync(StageModelRequest request, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(cancellation);
        var model = await ModelRows.FindAsync(transaction, request.Version, cancellation) ?? throw RequestException.NotFound("model", GetModelVersion.Shown(request.Version));
        return request.Etag.Length == 0 || request.Etag == model.Etag ? model : throw RequestException.Stale($"model {model.Version}");
    }

    private Models.ModelFiles Open(RegisteredModel model)
    {
        try
        {
            return store.Open(model);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            throw RequestException.Unprocessable("model_refused", $"the model cannot be served: {fault.Message}");
        }
    }
}

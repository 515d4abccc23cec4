using PromptPlatform.Inference.Models;
using PromptPlatform.Inference.Storage;

namespace PromptPlatform.Inference.Registry;

/// <summary>
/// Registers the model that ships. It goes into production when nothing else is there, or when what is there shipped with an earlier
/// release and nobody has chosen it: an operator's choice outlives an upgrade.
/// </summary>
internal sealed class RegisterShippedModel(RegistryDatabase database, ShippedModel shipped, ModelIntake intake, TimeProvider clock)
{
    /// <summary>The actor of what nobody asked for.</summary>
    public const string Actor = "product";

    private const string Reason = "ships with the product";

    public async Task HandleAsync(CancellationToken cancellation)
    {
        if (await IsKnownAsync(cancellation)) return;
        var model = await intake.TakeAsync(shipped.Files, Actor, cancellation);
        await using var transaction = await database.BeginAsync(cancellation);
        var registered = await ModelIntake.RegisterAsync(transaction, model, Reason, cancellation);
        var serving = await ModelRows.FindServingAsync(transaction, cancellation);
        if (serving is null || (serving.Version != registered.Version && await ModelChangeRows.FindPromoterAsync(transaction, serving.Version, cancellation) == Actor))
        {
            var now = clock.GetUtcNow();
            var predecessor = await StageModel.RetireServingAsync(transaction, Reason, Actor, now, cancellation);
            await StageModel.WriteAsync(transaction, registered, registered.InStage(ModelStage.Production, now) with { Predecessor = predecessor }, Reason, Actor, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    // Known and left as it is: whoever retired it meant it.
    private async Task<bool> IsKnownAsync(CancellationToken cancellation)
    {
        if (shipped.Version() is not { } version) return false;
        await using var transaction = await database.BeginAsync(cancellation);
        return await ModelRows.FindAsync(transaction, version, cancellation) is not null;
    }
}

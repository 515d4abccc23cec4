using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using PromptPlatform.Inference.Models;
using PromptPlatform.Inference.Storage;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Inference.Registry;

/// <summary>Proves a model and puts its files into the store; then it can become a row.</summary>
internal sealed class ModelIntake(ArtefactStore store, ModelLoader loader, IOptions<InferenceOptions> options, TimeProvider clock)
{
    /// <summary>Loads the model as it would be served, and keeps its files.</summary>
    /// <exception cref="RequestException">It is too large, or cannot be served.</exception>
    public async Task<RegisteredModel> TakeAsync(ModelFiles files, string actor, CancellationToken cancellation)
    {
        CheckSize(files);
        var card = await ProveAsync(files, cancellation);
        var lineage = ReadLineage(files, card);
        var kept = await store.PutAsync(files, cancellation);
        var now = clock.GetUtcNow();
        RegisteredModel model = new(card.Version, ModelStage.Candidate, Revision: 1, Predecessor: null, kept, card.Metrics, lineage, actor, now, now);

        // The folder may have changed while it was copied.
        return store.Open(model).ContentVersion() == card.Version ? model : throw Refused("its files changed while they were read");
    }

    /// <summary>Loads a model and lets it go.</summary>
    /// <exception cref="RequestException">It cannot be served.</exception>
    public async Task<ModelCard> ProveAsync(ModelFiles files, CancellationToken cancellation)
    {
        try
        {
            var loaded = await Task.Run(() => loader.Load(files), cancellation);
            loaded.LetGo();
            return loaded.Model.Card;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or OnnxRuntimeException or DllNotFoundException)
        {
            throw Refused(fault.Message);
        }
    }

    /// <summary>Writes the row of a model and its first change.</summary>
    /// <returns>The row: the one that was there, when the same files were registered before.</returns>
    /// <exception cref="RequestException">The version was registered with other files.</exception>
    public static async Task<RegisteredModel> RegisterAsync(TenantTransaction transaction, RegisteredModel model, string reason, CancellationToken cancellation)
    {
        if (await ModelRows.InsertAsync(transaction, model, cancellation))
        {
            await ModelChangeRows.InsertAsync(transaction, new(model.Version, null, model.Stage, model.RegisteredBy, reason, model.RegisteredAt), cancellation);
            return model;
        }

        var known = await ModelRows.FindAsync(transaction, model.Version, cancellation) ?? throw RequestException.Stale("model");
        return known.HasFilesOf(model)
            ? known
            : throw RequestException.Conflict("model_exists", $"model {model.Version} is registered with another model.json or checks.json; a registered version never changes");
    }

    private static Lineage ReadLineage(ModelFiles files, ModelCard card)
    {
        try
        {
            return Lineage.Of(card, RunRecord.Read(files.RunRecord));
        }
        catch (InvalidDataException fault)
        {
            throw Refused(fault.Message);
        }
    }

    private void CheckSize(ModelFiles files)
    {
        var size = files.Present.Select(files.PathOf).Sum(path => new FileInfo(path).Length);
        var most = options.Value.Registry.MaxModelBytes;
        if (size > most) throw RequestException.TooLarge("folder", $"holds {size} bytes; the limit is {most}");
    }

    private static RequestException Refused(string why) => RequestException.Unprocessable("model_refused", $"the model cannot be served: {why}");
}

using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>Keeps a definition as a new draft, or in the place of one. Enhancement asks for it after it has checked the overlays.</summary>
internal sealed class SaveExperiment(TenantDatabase database, TimeProvider clock)
{
    private const int MaxDrafts = 100;
    private const string AtTheSameTime = "it was changed at the same time by another request; send it again";

    public async Task<Experiment> HandleAsync(SaveExperimentRequest request, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(request.OrganizationId, "N", out var orgId) || orgId == Guid.Empty)
            throw RequestException.Invalid("organizationId", "must be 32 hexadecimal digits");
        var definition = ExperimentRules.Check(request.Definition ?? new());
        string id = definition.Id;
        definition.Id = "";
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var saved = id.Length == 0
            ? await AddAsync(transaction, definition, request.Author, cancellation)
            : await ReplaceAsync(transaction, StoredExperiment.ParseId(id), definition, request.IfMatch, cancellation);
        await transaction.CommitAsync(cancellation);
        return saved.ToMessage();
    }

    private async Task<StoredExperiment> AddAsync(TenantTransaction transaction, ExperimentDefinition definition, string author, CancellationToken cancellation)
    {
        if (await ExperimentRows.CountAsync(transaction, StoredExperiment.Draft, cancellation) >= MaxDrafts)
            throw RequestException.Conflict("too_many_experiments", $"your organisation has {MaxDrafts} drafts, which is the limit; delete or start one");
        var now = clock.GetUtcNow();
        var draft = StoredExperiment.Of(Guid.CreateVersion7(now), definition, author, now);
        if (await ExperimentRows.TryAddAsync(transaction, draft, cancellation))
            return draft;
        // The same draft sent again, after an answer that got lost, is that draft.
        return await ExperimentRows.FindByKeyAsync(transaction, definition.Key, cancellation) is { State: StoredExperiment.Draft } there && there.Definition.Equals(definition) ? there : throw Taken(definition.Key);
    }

    private static async Task<StoredExperiment> ReplaceAsync(TenantTransaction transaction, Guid id, ExperimentDefinition definition, IReadOnlyCollection<string> tags, CancellationToken cancellation)
    {
        var known = await ExperimentRows.FindAsync(transaction, id, cancellation) ?? throw NotFound(id);
        ExperimentTag.Require(tags, known.Revision);
        var changed = known.Replace(definition);
        if (await ExperimentRows.FindByKeyAsync(transaction, definition.Key, cancellation) is { } other && other.Id != id)
            throw Taken(definition.Key);
        return await ExperimentRows.TrySaveAsync(transaction, changed, cancellation) ? changed : throw RequestException.Conflict("concurrent_change", AtTheSameTime);
    }

    /// <summary>No experiment of the organisation has this id.</summary>
    public static RequestException NotFound(Guid id) => RequestException.NotFound("experiment", ServiceDefaults.Text.PublicId.Format("exp", id));

    private static RequestException Taken(string key) => RequestException.Conflict("key_taken", $"key: another experiment of your organisation has the key {key}; choose another");
}

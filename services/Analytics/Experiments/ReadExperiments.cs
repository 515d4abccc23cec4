using Grpc.Core;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>The organisation's experiments, one or many; and away with a draft.</summary>
internal sealed class ReadExperiments(TenantDatabase database)
{
    public async Task<ListExperimentsResponse> ListAsync(ListExperimentsRequest request, ServerCallContext call)
    {
        int limit = TextRules.PageSize(request.Limit);
        var before = Cursor.ReadId(request.Cursor);
        string state = TextRules.OneOf("state", request.State, "", StoredExperiment.Draft, StoredExperiment.Running, StoredExperiment.Stopped);
        await using var transaction = await database.BeginAsync(call.Caller().OrgId, call.CancellationToken);
        // One more than asked for tells whether there is another page.
        var found = await ExperimentRows.ListAsync(transaction, before, state, limit + 1, call.CancellationToken);
        var response = new ListExperimentsResponse { Data = { found.Take(limit).Select(e => e.ToMessage()) }, HasMore = found.Count > limit };
        if (response.HasMore)
            response.NextCursor = Cursor.Write(found[limit - 1].Id.ToString("N"));
        return response;
    }

    public async Task<Experiment> GetAsync(GetExperimentRequest request, ServerCallContext call)
    {
        var id = StoredExperiment.ParseId(request.Id);
        await using var transaction = await database.BeginAsync(call.Caller().OrgId, call.CancellationToken);
        var found = await ExperimentRows.FindAsync(transaction, id, call.CancellationToken) ?? throw SaveExperiment.NotFound(id);
        ExperimentTag.Write(call, found.Revision);
        return found.ToMessage();
    }

    public async Task<DeleteExperimentResponse> DeleteAsync(DeleteExperimentRequest request, ServerCallContext call)
    {
        var id = StoredExperiment.ParseId(request.Id);
        await using var transaction = await database.BeginAsync(call.Caller().OrgId, call.CancellationToken);
        if (!await ExperimentRows.DeleteDraftAsync(transaction, id, call.CancellationToken))
        {
            var there = await ExperimentRows.FindAsync(transaction, id, call.CancellationToken) ?? throw SaveExperiment.NotFound(id);
            throw RequestException.Conflict("experiment_state", $"the experiment is {there.State}: only a draft can be deleted");
        }
        await transaction.CommitAsync(call.CancellationToken);
        return new() { Id = request.Id, Deleted = true };
    }
}

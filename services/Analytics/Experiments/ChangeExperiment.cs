using Grpc.Core;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>Starts, ramps and stops experiments. Whoever changes what an experiment holds of its layer waits for the others of the organisation.</summary>
internal sealed class ChangeExperiment(TenantDatabase database, TimeProvider clock)
{
    private const int MaxRunning = 20;

    /// <summary>Answers :start. Errors: 404, 409 when it is no draft, 20 run already, or the layer is full.</summary>
    public Task<Experiment> StartAsync(StartExperimentRequest request, ServerCallContext call) => ChangeAsync(request.Id, call, async (transaction, experiment) =>
    {
        var slots = await SlotsAsync(transaction, experiment, experiment.Definition.Share, call.CancellationToken);
        var started = experiment.Start(slots, clock.GetUtcNow());
        if (await ExperimentRows.CountAsync(transaction, StoredExperiment.Running, call.CancellationToken) >= MaxRunning)
            throw RequestException.Conflict("too_many_experiments", $"{MaxRunning} experiments of your organisation run, which is the limit; stop one");
        return started;
    });

    /// <summary>Answers :ramp. Errors: 400, 404, 409 when it does not run or the layer is full.</summary>
    public Task<Experiment> RampAsync(RampExperimentRequest request, ServerCallContext call)
    {
        ExperimentRules.CheckShare(request.Share);
        return ChangeAsync(request.Id, call, async (transaction, experiment) =>
            experiment.Ramp(request.Share, await SlotsAsync(transaction, experiment, request.Share, call.CancellationToken)));
    }

    /// <summary>Answers :stop. Errors: 404, 409 when it does not run, 413 of a long reason.</summary>
    public Task<Experiment> StopAsync(StopExperimentRequest request, ServerCallContext call)
    {
        TextRules.CheckText("reason", request.Reason, ExperimentRules.MaxReason);
        return ChangeAsync(request.Id, call, (_, experiment) => Task.FromResult(experiment.Stop(request.Reason, clock.GetUtcNow())));
    }

    private async Task<Experiment> ChangeAsync(string publicId, ServerCallContext call, Func<TenantTransaction, StoredExperiment, Task<StoredExperiment>> change)
    {
        var (id, cancellation) = (StoredExperiment.ParseId(publicId), call.CancellationToken);
        await using var transaction = await database.BeginAsync(call.Caller().OrgId, cancellation);
        await ExperimentRows.LockLayersAsync(transaction, cancellation);
        var known = await ExperimentRows.FindAsync(transaction, id, cancellation) ?? throw SaveExperiment.NotFound(id);
        var changed = await change(transaction, known);
        if (!await ExperimentRows.TrySaveAsync(transaction, changed, cancellation))
            throw RequestException.Conflict("concurrent_change", "it was changed at the same time by another request; send it again");
        await transaction.CommitAsync(cancellation);
        ExperimentTag.Write(call, changed.Revision);
        return changed.ToMessage();
    }

    private static async Task<int[]> SlotsAsync(TenantTransaction transaction, StoredExperiment experiment, double share, CancellationToken cancellation)
    {
        var running = await ExperimentRows.ListAsync(transaction, before: null, StoredExperiment.Running, MaxRunning + 1, cancellation);
        var others = running.Where(e => e.Id != experiment.Id && e.Definition.Layer == experiment.Definition.Layer).Select(e => e.Slots).ToList();
        // The random end of the id: another place to begin for each experiment.
        int start = BitConverter.ToUInt16(experiment.Id.ToByteArray(), 14) % LayerSlots.Count;
        return LayerSlots.Resize(experiment.Slots, others, LayerSlots.Of(share), start) ?? throw RequestException.Conflict("layer_full",
            FormattableString.Invariant($"share: other experiments of the layer {experiment.Definition.Layer} leave {LayerSlots.Free(others) / (double)LayerSlots.Count:0.####} of its units; take a smaller share, stop another or use another layer"));
    }
}

using Grpc.Core;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>Tells Enhancement what runs, in parts, unless it knows already.</summary>
internal sealed class FollowRunning(TenantDatabase database)
{
    // With overlays at their limit a part stays below what a message may hold.
    private const int PartSize = 20;

    public async Task HandleAsync(ListRunningExperimentsRequest request, IServerStreamWriter<RunningExperiments> stream, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginPlatformAsync(ExperimentRows.Purpose, cancellation);
        // Read before the parts: a change in between gives a version of before, and the next question brings it.
        string version = await RunningExperimentRows.VersionAsync(transaction, cancellation);
        if (version == request.KnownVersion)
        {
            await stream.WriteAsync(new() { Version = version }, cancellation);
            return;
        }
        Guid? after = null;
        while (true)
        {
            var part = await RunningExperimentRows.ListAsync(transaction, after, PartSize, cancellation);
            await stream.WriteAsync(new() { Version = version, Experiments = { part.Select(p => p.Experiment.ToRunning(p.OrgId)) } }, cancellation);
            if (part.Count < PartSize)
                return;
            after = part[^1].Experiment.Id;
        }
    }
}

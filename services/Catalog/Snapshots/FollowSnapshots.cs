using Grpc.Core;
using PromptPlatform.Contracts.Catalog.V1;

namespace PromptPlatform.Catalog.Snapshots;

/// <summary>Sends the newest snapshot unless the caller has it, then every new one, until the caller leaves or the service stops.</summary>
internal sealed class FollowSnapshots(SnapshotFeed feed, IHostApplicationLifetime lifetime)
{
    public async Task HandleAsync(StreamSnapshotsRequest request, IServerStreamWriter<TechniqueSnapshot> stream, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        string known = request.KnownVersion;
        try
        {
            while (true)
            {
                var snapshot = await feed.NextAsync(known, end.Token);
                await stream.WriteAsync(snapshot, cancellation);
                known = snapshot.Version;
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // A stream has no natural end: a stop ends it as complete, and the reader asks the next instance.
        }
    }
}

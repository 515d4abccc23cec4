using Grpc.Core;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Auth.Revocations;

/// <summary>Streams revocations: first those that the caller missed, then each as it happens; an empty batch is a heartbeat.</summary>
internal sealed class WatchRevocations(RevocationLog log, RevocationFeed feed, IHostApplicationLifetime lifetime)
{
    // The contract promises two seconds; the rest is for the way.
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromMilliseconds(1500);

    public async Task HandleAsync(WatchRevocationsRequest request, IServerStreamWriter<RevocationBatch> stream, CancellationToken caller)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(caller, lifetime.ApplicationStopping);
        try
        {
            await FollowAsync(request.After, stream, either.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !caller.IsCancellationRequested)
        {
            // An endless stream would hold up the stop; the watcher goes on at another replica.
            throw RequestException.Unavailable("auth");
        }
    }

    private async Task FollowAsync(long after, IServerStreamWriter<RevocationBatch> stream, CancellationToken cancellation)
    {
        long at = await log.StartAsync(after, cancellation);
        var batch = await log.ReadAfterAsync(at, RevocationLog.MaxBatch, cancellation);
        while (true)
        {
            await stream.WriteAsync(batch, cancellation);
            at = batch.LastSequence;
            if (batch.Revocations.Count < RevocationLog.MaxBatch)
                await feed.WaitBeyondAsync(at, s_heartbeat, cancellation);
            batch = feed.Last > at || batch.Revocations.Count == RevocationLog.MaxBatch
                ? await log.ReadAfterAsync(at, RevocationLog.MaxBatch, cancellation)
                : new RevocationBatch { LastSequence = at };
        }
    }
}

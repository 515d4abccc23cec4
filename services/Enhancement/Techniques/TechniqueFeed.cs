using Grpc.Core;
using PromptPlatform.Contracts.Catalog.V1;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Keeps the newest catalogue snapshot in memory: streamed by Catalog, never asked for per request. Catalog away: the last one stays.</summary>
internal sealed class TechniqueFeed(CatalogService.CatalogServiceClient catalog, TimeProvider clock, ILogger<TechniqueFeed> logger) : BackgroundService
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);
    private volatile TechniqueCatalog _current = TechniqueCatalog.Empty;

    /// <summary>The snapshot in use; empty until the first has come.</summary>
    public TechniqueCatalog Current => _current;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception error) when (error is RpcException or OperationCanceledException)
            {
                // The host stops: the stream's end is no news.
                if (stoppingToken.IsCancellationRequested)
                    return;
                logger.FeedBroke(error is RpcException rpc ? rpc.StatusCode.ToString() : "cancelled");
            }
            await Task.Delay(s_retry, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(CancellationToken stopping)
    {
        // No deadline: the stream lives as long as the process; the transport's keepalive notices a dead peer.
        using var call = catalog.StreamSnapshots(new StreamSnapshotsRequest { KnownVersion = _current.Version }, cancellationToken: stopping);
        while (await call.ResponseStream.MoveNext(stopping))
        {
            _current = TechniqueCatalog.From(call.ResponseStream.Current);
            logger.SnapshotTaken(_current.Version, _current.Count);
        }
    }
}

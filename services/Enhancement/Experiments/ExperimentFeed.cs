using Grpc.Core;
using Microsoft.Extensions.Options;
using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Enhancement.Experiments;

/// <summary>Keeps what runs in memory: asked of Analytics in the background, never per request. Analytics away: the last snapshot stays.</summary>
internal sealed class ExperimentFeed(ExperimentService.ExperimentServiceClient analytics, IOptions<EnhancementOptions> options, TimeProvider clock, ILogger<ExperimentFeed> logger) : BackgroundService
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private volatile ExperimentSnapshot _current = ExperimentSnapshot.Empty;
    private bool _isAway;

    /// <summary>The snapshot in use; empty until the first has come.</summary>
    public ExperimentSnapshot Current => _current;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RefreshAsync(stoppingToken);
            await Task.Delay(options.Value.ExperimentRefresh, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RefreshAsync(CancellationToken stopping)
    {
        try
        {
            await FetchAsync(stopping);
            _isAway = false;
        }
        catch (Exception error) when (error is RpcException or OperationCanceledException)
        {
            // Said once, not at every attempt; that the host stops is no news.
            if (!_isAway && !stopping.IsCancellationRequested)
                logger.ExperimentsAway(error is RpcException rpc ? rpc.StatusCode.ToString() : "cancelled");
            _isAway = true;
        }
    }

    private async Task FetchAsync(CancellationToken stopping)
    {
        var deadline = clock.GetUtcNow().UtcDateTime + s_patience;
        using var call = analytics.ListRunningExperiments(new() { KnownVersion = _current.Version }, deadline: deadline, cancellationToken: stopping);
        string version = _current.Version;
        var running = new List<RunningExperiment>();
        while (await call.ResponseStream.MoveNext(stopping))
        {
            version = call.ResponseStream.Current.Version;
            running.AddRange(call.ResponseStream.Current.Experiments);
        }
        if (version == _current.Version)
            return;
        _current = new(version, running);
        logger.ExperimentsTaken(running.Count, _current.Organizations);
    }
}

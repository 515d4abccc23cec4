using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Health;

namespace PromptPlatform.ServiceDefaults.Hosting;

/// <summary>The order of a stop: not ready, wait until balancers have noticed, then the server drains and background work ends.</summary>
internal sealed class GracefulStop(DrainState state, IHostApplicationLifetime lifetime, IOptions<LimitOptions> limits, ILogger<GracefulStop> logger) : IHostedLifecycleService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        state.Begin();
        // A signal has done so already. Watchers of health learn it now, and long streams end while callers can still go elsewhere.
        lifetime.StopApplication();
        if (limits.Value.DrainDelay <= TimeSpan.Zero)
            return;
        logger.Draining(limits.Value.DrainDelay);
        await Task.Delay(limits.Value.DrainDelay, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

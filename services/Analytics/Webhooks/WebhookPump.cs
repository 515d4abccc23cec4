using Microsoft.Extensions.Options;
using Npgsql;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>Sends webhooks as long as the service runs; several replicas share the work. What is being sent when the service stops is finished.</summary>
internal sealed class WebhookPump(DeliverEvents deliver, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookPump> logger) : BackgroundService
{
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Send)
            return;
        var running = new List<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            running.RemoveAll(task => task.IsCompleted);
            int taken = 0;
            try
            {
                foreach (var claimed in await deliver.ClaimAsync(options.Value.MaxSendings - running.Count, stoppingToken))
                {
                    // Not cancelled when the service stops: each has its own deadline.
                    running.Add(deliver.SendAsync(claimed, CancellationToken.None));
                    taken++;
                }
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException)
            {
                logger.WebhooksNotSent(error);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            if (taken == 0)
                await Task.Delay(s_idle, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(running);
    }
}

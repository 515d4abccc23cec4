using Microsoft.Extensions.Options;
using Npgsql;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>Once an hour forgets deliveries that the log has kept long enough.</summary>
internal sealed class KeepDeliveries(TenantDatabase database, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<KeepDeliveries> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (NpgsqlException error)
            {
                logger.DeliveriesNotForgotten(error);
            }
        }
    }

    /// <summary>Forgets what is too old; answers how many.</summary>
    internal async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginPlatformAsync(DeliveryClaims.Purpose, cancellation);
        int forgotten = await DeliveryClaims.ForgetAsync(transaction, clock.GetUtcNow() - TimeSpan.FromDays(options.Value.LogDays), cancellation);
        await transaction.CommitAsync(cancellation);
        return forgotten;
    }
}

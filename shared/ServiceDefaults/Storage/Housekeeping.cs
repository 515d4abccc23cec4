using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PromptPlatform.ServiceDefaults.Storage;

/// <summary>Once an hour deletes what its retention has passed: idempotency keys after 25 hours, sent outbox rows after 7 days, inbox rows after 36 days.</summary>
internal sealed class Housekeeping(TenantDatabase database, TimeProvider clock, ILogger<Housekeeping> logger) : BackgroundService
{
    private static readonly (string Sql, TimeSpan Age)[] s_rules =
    [
        // Bounded per run, so that a backlog never becomes one long transaction.
        ("DELETE FROM idempotency_keys WHERE ctid IN (SELECT ctid FROM idempotency_keys WHERE created_at < $1 LIMIT 50000)", TimeSpan.FromHours(25)),
        ("DELETE FROM outbox WHERE event_id IN (SELECT event_id FROM outbox WHERE sent_at < $1 LIMIT 50000)", TimeSpan.FromDays(7)),
        ("DELETE FROM inbox WHERE ctid IN (SELECT ctid FROM inbox WHERE consumed_at < $1 LIMIT 50000)", TimeSpan.FromDays(36)),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (NpgsqlException error)
            {
                logger.HousekeepingFailed(error);
            }
        }
    }

    internal async Task CleanAsync(CancellationToken cancellation)
    {
        foreach (var (sql, age) in s_rules)
        {
            await using var transaction = await database.BeginPlatformAsync("housekeeping", cancellation);
            await using (var command = transaction.Command(sql, clock.GetUtcNow() - age))
                await command.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }
}

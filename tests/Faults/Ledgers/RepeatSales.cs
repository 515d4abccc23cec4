using Microsoft.Extensions.Hosting;
using Npgsql;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Faults.Tests.Ledgers;

/// <summary>Has every fifth event sent once more after the broker confirmed it: a second message with the same event.</summary>
internal sealed class RepeatSales(TenantDatabase database, TimeProvider clock) : BackgroundService
{
    /// <summary>One event in so many is sent twice.</summary>
    public const int OneIn = 5;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RepeatAsync(stoppingToken);
            }
            catch (NpgsqlException)
            {
                // The database is away, and so is what was not committed; the next turn finds it again.
            }
            await Task.Delay(s_pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RepeatAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(WriteSales.Org, cancellation);
        var next = await IdsAsync(transaction.Command("SELECT event_id FROM sales WHERE number % $1 = 0 AND NOT repeated LIMIT 500", OneIn), cancellation);
        var sent = await IdsAsync(transaction.Command("UPDATE outbox SET sent_at = NULL WHERE event_id = ANY($1) AND sent_at IS NOT NULL RETURNING event_id", next), cancellation);
        await IdsAsync(transaction.Command("UPDATE sales SET repeated = true WHERE event_id = ANY($1)", sent), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<Guid[]> IdsAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var ids = new List<Guid>();
        await using (command)
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                ids.Add(reader.GetGuid(0));
        }
        return [.. ids];
    }
}

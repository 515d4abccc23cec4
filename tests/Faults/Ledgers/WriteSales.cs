using Microsoft.Extensions.Hosting;
using Npgsql;
using PromptPlatform.Events;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Faults.Tests.Ledgers;

/// <summary>
/// Writes numbered sales, each with its event in the transaction of its row, as far as table quota lets it. Now and then it gives a
/// transaction up before the commit: nobody may ever hear of its events. After a fault it asks the table what is committed.
/// </summary>
internal sealed class WriteSales(TenantDatabase database, TimeProvider clock) : BackgroundService
{
    private const int Writers = 4;
    private const int PerTransaction = 5;
    private const int GivenUpOneIn = 20;
    private const int MaxAmount = 1000;

    /// <summary>The organisation that sells.</summary>
    public static readonly Guid Org = new("0191d3a0-0000-7000-8000-000000000001");

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => RunAsync(writer, stoppingToken)));

    private async Task RunAsync(int writer, CancellationToken cancellation)
    {
        var dice = new Random(writer);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (await WriteAsync(writer, dice, cancellation) == 0)
                    await Task.Delay(s_pause, clock, cancellation);
            }
            catch (NpgsqlException)
            {
                // Whether the last transaction was committed, the table says next time.
                await Task.Delay(s_pause, clock, cancellation);
            }
        }
    }

    private async Task<int> WriteAsync(int writer, Random dice, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(Org, cancellation);
        await using var ask = transaction.Command(
            "SELECT coalesce((SELECT max(number) FROM sales WHERE number % $1 = $2) + $1, $2), (SELECT upto FROM quota)", Writers, writer);
        await using var reader = await ask.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        int next = reader.GetInt32(0), upto = reader.GetInt32(1);
        await reader.CloseAsync();
        int[] numbers = [.. Enumerable.Range(0, PerTransaction).Select(i => next + (i * Writers)).Where(number => number < upto)];
        if (numbers.Length == 0)
            return 0;
        await using var batch = transaction.Batch();
        foreach (int number in numbers)
            Add(batch, number, dice.Next(1, MaxAmount));
        await batch.ExecuteNonQueryAsync(cancellation);
        if (dice.Next(GivenUpOneIn) > 0)
            await transaction.CommitAsync(cancellation);
        return numbers.Length;
    }

    private void Add(NpgsqlBatch batch, int number, int amount)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        batch.Add("INSERT INTO sales (number, event_id, amount) VALUES ($1, $2, $3)", number, id, amount);
        batch.Announce(new PromptEnhanced(id, now, Org, id, "", "", "", "", "", [], 0, 0, 0, 0, Units: amount, 0, false));
    }
}

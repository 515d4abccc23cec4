using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using PromptPlatform.Analytics.Events;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.Load.Analytics;

/// <summary>The statement that ingests a batch, its events given as arrays, beside the same statement over a staging table that COPY fills. Rounds take turns.</summary>
internal sealed class InsertContest(ServiceHost host)
{
    private const int Rounds = 10;
    private const int BatchesPerRound = 10;
    private const int Batch = 1000;

    // No row-level security: COPY does not work with it. Rows never outlive their transaction, so nobody else sees them.
    private const string Staging =
        "CREATE UNLOGGED TABLE staging (event_id uuid, fingerprint bigint, at timestamptz, name text, actor text, properties text, place int); GRANT SELECT, INSERT, DELETE ON staging TO PUBLIC";

    private const string FromStaging =
        """
        WITH fresh AS (
            INSERT INTO event_ids (org_id, event_id, fingerprint, seen_at) SELECT $1, event_id, fingerprint, $2 FROM staging ORDER BY event_id
            ON CONFLICT DO NOTHING RETURNING event_id),
        kept AS (
            INSERT INTO events (org_id, event_id, at, name, actor, properties)
            SELECT $1, event_id, at, name, actor, properties::jsonb FROM staging JOIN fresh USING (event_id) ORDER BY place
            RETURNING name, at),
        counted AS (
            INSERT INTO event_quarters AS q (org_id, name, quarter, events)
            SELECT $1, name, date_bin('15 minutes', at, timestamptz '2000-01-01Z'), count(*) FROM kept GROUP BY 2, 3 ORDER BY 2, 3
            ON CONFLICT (org_id, name, quarter) DO UPDATE SET events = q.events + excluded.events),
        emptied AS (DELETE FROM staging)
        SELECT count(*) FROM fresh
        """;

    private readonly Guid _org = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    /// <summary>Prints a row per side.</summary>
    public async Task MeasureAsync()
    {
        await using var owner = NpgsqlDataSource.Create(host.Database.OwnerConnectionString);
        await using (var create = owner.CreateCommand(Staging))
            await create.ExecuteNonQueryAsync();
        await using var source = NpgsqlDataSource.Create(host.Database.AppConnectionString);
        var (arrays, copy) = (TimeSpan.Zero, TimeSpan.Zero);
        // The first round prepares and is not counted.
        for (int round = 0; round <= Rounds; round++)
        {
            var first = await TimeAsync(round * 2, ArraysAsync);
            var second = await TimeAsync((round * 2) + 1, batch => CopyAsync(source, batch));
            if (round > 0)
                (arrays, copy) = (arrays + first, copy + second);
        }
        const double events = Rounds * BatchesPerRound * Batch;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n| one client, {Batch} events a transaction | events/s |\n|---|--:|\n| arrays through unnest | {events / arrays.TotalSeconds:0} |\n| COPY into a staging table | {events / copy.TotalSeconds:0} |"));
    }

    private async Task<TimeSpan> TimeAsync(int round, Func<IReadOnlyList<ProductEvent>, Task> write)
    {
        var batches = Enumerable.Range(0, BatchesPerRound).Select(batch => Events(new Random((round * BatchesPerRound) + batch))).ToList();
        var watch = Stopwatch.StartNew();
        foreach (var batch in batches)
            await write(batch);
        return watch.Elapsed;
    }

    private async Task ArraysAsync(IReadOnlyList<ProductEvent> events)
    {
        await using var transaction = await host.Services.GetRequiredService<TenantDatabase>().BeginAsync(_org, CancellationToken.None);
        await EventRows.AddAsync(transaction, events, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private async Task CopyAsync(NpgsqlDataSource source, IReadOnlyList<ProductEvent> events)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var tenant = new NpgsqlCommand("SELECT set_config('app.org_id', $1, true)", connection, transaction) { Parameters = { new() { Value = _org.ToString() } } };
        await tenant.ExecuteNonQueryAsync();
        await using (var copy = await connection.BeginBinaryImportAsync("COPY staging FROM STDIN (FORMAT BINARY)"))
        {
            for (int place = 0; place < events.Count; place++)
                await WriteAsync(copy, events[place], place);
            await copy.CompleteAsync();
        }
        await using var keep = new NpgsqlCommand(FromStaging, connection, transaction) { Parameters = { new() { Value = _org }, new() { Value = TimeProvider.System.GetUtcNow() } } };
        await keep.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, ProductEvent happened, int place)
    {
        await copy.StartRowAsync();
        await copy.WriteAsync(happened.Id, NpgsqlDbType.Uuid);
        await copy.WriteAsync(happened.Fingerprint, NpgsqlDbType.Bigint);
        await copy.WriteAsync(happened.At.UtcDateTime, NpgsqlDbType.TimestampTz);
        await copy.WriteAsync(happened.Name, NpgsqlDbType.Text);
        await copy.WriteAsync(happened.Actor, NpgsqlDbType.Text);
        await copy.WriteAsync(happened.Properties, NpgsqlDbType.Text);
        await copy.WriteAsync(place, NpgsqlDbType.Integer);
    }

    private static List<ProductEvent> Events(Random dice)
    {
        var now = TimeProvider.System.GetUtcNow();
        return [.. Enumerable.Range(0, Batch).Select(_ =>
        {
            var at = now.AddSeconds(-dice.Next(28 * 86_400));
            return ProductEvent.Of(Guid.CreateVersion7(now), "visit", string.Create(CultureInfo.InvariantCulture, $"user-{dice.Next(50_000)}"), at, at, new Dictionary<string, string> { ["plan"] = "plan 1", ["country"] = "DE" });
        })];
    }
}

using Microsoft.Extensions.Logging;
using Npgsql;
using PromptPlatform.LocalServers;
using PromptPlatform.Messaging.Broker;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.Faults.Tests.Ledgers;

/// <summary>Producer, consumer, broker and database server of one test: four parts that can each be killed.</summary>
internal sealed class LedgerWorld : IAsyncDisposable
{
    private readonly string _counters = Directory.CreateTempSubdirectory("promptplatform-ledger-").FullName;
    private readonly PostgresNode _postgres;
    private readonly RabbitServer _rabbit;
    private readonly LedgerProcess _producer;
    private readonly LedgerProcess _consumer;

    private LedgerWorld(PostgresNode postgres, RabbitServer rabbit, ServiceDatabase producer, ServiceDatabase consumer)
    {
        _postgres = postgres;
        _rabbit = rabbit;
        _producer = new LedgerProcess(LedgerProgram.Producer, Settings(producer));
        _consumer = new LedgerProcess(LedgerProgram.Consumer, Settings(consumer));
        Parts =
        [
            new Part("producer", _producer.KillAsync, _producer.StartAsync),
            new Part("consumer", _consumer.KillAsync, _consumer.StartAsync),
            new Part("broker", rabbit.KillAsync, rabbit.StartAgainAsync),
            new Part("database server", postgres.KillAsync, postgres.StartAgainAsync),
        ];
    }

    /// <summary>What can be killed.</summary>
    public IReadOnlyList<Part> Parts { get; }

    public static async Task<LedgerWorld> StartAsync()
    {
        var postgres = await PostgresNode.StartAsync();
        var rabbit = await RabbitServer.StartAsync();
        var producer = await CreateAsync(postgres, LedgerProgram.Producer,
            "CREATE TABLE sales (number int PRIMARY KEY, event_id uuid NOT NULL UNIQUE, amount int NOT NULL, repeated boolean NOT NULL DEFAULT false); " +
            "CREATE INDEX ON sales ((number % 4), number); CREATE INDEX ON sales (number) WHERE NOT repeated; CREATE TABLE quota AS SELECT 0 AS upto; GRANT SELECT, INSERT, UPDATE ON sales, quota TO PUBLIC");
        var consumer = await CreateAsync(postgres, LedgerProgram.Consumer, "CREATE TABLE ledger (event_id uuid NOT NULL, amount int NOT NULL); GRANT SELECT, INSERT ON ledger TO PUBLIC");
        var world = new LedgerWorld(postgres, rabbit, producer, consumer);
        await using (var app = LedgerProgram.Build(LedgerProgram.Consumer, world.Settings(consumer)))
            await BrokerCommands.Of(LedgerProgram.Consumer).Single(command => command.Name == "topology").RunAsync(app.Services).WithinAsync(60);
        await world._producer.StartAsync();
        await world._consumer.StartAsync();
        return world;
    }

    /// <summary>Lets the producer write sales up to this many.</summary>
    public Task AllowAsync(int sales) => AskAsync(LedgerProgram.Producer, $"UPDATE quota SET upto = {sales} RETURNING upto", row => row.GetInt32(0));

    /// <summary>Committed sales so far, those whose event was repeated, and events that are not sent yet.</summary>
    public async Task<(long Committed, long Repeated, long Unsent)> SalesAsync() => (await AskAsync(LedgerProgram.Producer,
        "SELECT count(*), count(*) FILTER (WHERE repeated), (SELECT count(*) FROM outbox WHERE sent_at IS NULL) FROM sales", row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)))).Single();

    /// <summary>Entries of the ledger so far.</summary>
    public async Task<long> EntriesAsync() => (await AskAsync(LedgerProgram.Consumer, "SELECT count(*) FROM ledger", row => row.GetInt64(0))).Single();

    public Task<List<Entry>> ReadSalesAsync() => AskAsync(LedgerProgram.Producer, "SELECT event_id, amount FROM sales", row => new Entry(row.GetGuid(0), row.GetInt32(1)));

    public Task<List<Entry>> ReadLedgerAsync() => AskAsync(LedgerProgram.Consumer, "SELECT event_id, amount FROM ledger", row => new Entry(row.GetGuid(0), row.GetInt32(1)));

    /// <summary>Messages by queue; queues without any are left out.</summary>
    public async Task<IReadOnlyList<string>> FilledQueuesAsync() =>
        [.. (await _rabbit.ControlAsync("list_queues", "name", "messages", "--no-table-headers")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.EndsWith("\t0", StringComparison.Ordinal))];

    /// <summary>Where everything is at this moment.</summary>
    public async Task<string> DescribeAsync() => $"{await SalesAsync()}, {await EntriesAsync()} entries, {Counted("messaging.inbox.duplicates")} repetitions";

    /// <summary>A counter of messaging over all lives of all processes.</summary>
    public long Counted(string counter) => CounterFiles.Read(_counters, counter);

    public async ValueTask DisposeAsync()
    {
        _producer.Dispose();
        _consumer.Dispose();
        await _rabbit.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_counters, recursive: true);
    }

    private string[] Settings(ServiceDatabase database) =>
        [$"--ConnectionStrings:{database.Name}={database.AppConnectionString}", $"--ConnectionStrings:rabbitmq={_rabbit.ConnectionString}", $"--{LedgerProgram.CountersSetting}={_counters}"];

    // The superuser sees the rows of every organisation.
    private async Task<List<T>> AskAsync<T>(string database, string sql, Func<NpgsqlDataReader, T> read)
    {
        var rows = new List<T>();
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_postgres.AdminConnectionString) { Database = database, Pooling = false }.ConnectionString);
        await connection.OpenAsync().WithinAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync().WithinAsync();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }

    private static async Task<ServiceDatabase> CreateAsync(PostgresNode postgres, string name, string tables)
    {
        var database = await postgres.CreateDatabaseAsync(name);
        using var logs = LoggerFactory.Create(_ => { });
        await new Migrator(database.OwnerConnectionString, name + "_app", [typeof(TenantDatabase).Assembly], logs.CreateLogger<Migrator>()).ApplyAsync(CancellationToken.None).WithinAsync(60);
        await using var source = NpgsqlDataSource.Create(database.OwnerConnectionString);
        await using var create = source.CreateCommand(tables);
        await create.ExecuteNonQueryAsync().WithinAsync();
        return database;
    }
}

/// <summary>A part of the world that can be killed and started again.</summary>
internal sealed record Part(string Name, Func<Task> KillAsync, Func<Task> StartAsync);

/// <summary>A sale, or its entry in the ledger.</summary>
internal sealed record Entry(Guid EventId, int Amount);

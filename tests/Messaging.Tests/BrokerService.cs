using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;
using PromptPlatform.Events;
using PromptPlatform.LocalServers;
using PromptPlatform.Messaging.Broker;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.Messaging.Tests;

/// <summary>A service on a real broker and a real database: it publishes feedback, or counts it in a table.</summary>
internal sealed class BrokerService(string name, ServiceDatabase database, string broker, TallyFaults? faults, Action<WebApplicationBuilder>? add = null) : IAsyncDisposable
{
    private WebApplication? _app;

    public string Name => name;

    public static async Task<BrokerService> PublisherAsync(string broker) => new("publisher", await MigratedAsync("publisher"), broker, null);

    public static async Task<BrokerService> CounterAsync(string name, string broker, TallyFaults faults)
    {
        var database = await MigratedAsync(name);
        await using var source = NpgsqlDataSource.Create(database.OwnerConnectionString);
        await using var create = source.CreateCommand("CREATE TABLE IF NOT EXISTS tally (event_id uuid NOT NULL); GRANT SELECT, INSERT ON tally TO PUBLIC");
        await create.ExecuteNonQueryAsync();
        return new(name, database, broker, faults);
    }

    /// <summary>A service with consumers of its own, and tables that it needs.</summary>
    public static async Task<BrokerService> WithAsync(string name, string broker, string tables, Action<WebApplicationBuilder> add)
    {
        var database = await MigratedAsync(name);
        await using var source = NpgsqlDataSource.Create(database.OwnerConnectionString);
        await using var create = source.CreateCommand(tables);
        await create.ExecuteNonQueryAsync();
        return new(name, database, broker, null, add);
    }

    /// <summary>Starts it, or starts it again.</summary>
    public async Task StartAsync()
    {
        _app = Build();
        await _app.StartAsync().WithinAsync(30);
    }

    public async Task StopAsync()
    {
        if (_app is not { } app)
            return;
        _app = null;
        await app.StopAsync().WithinAsync(30);
        await app.DisposeAsync();
    }

    /// <summary>Runs one of its program's commands.</summary>
    public async Task RunAsync(string command)
    {
        await using var app = Build();
        await BrokerCommands.Of(name).Single(c => c.Name == command).RunAsync(app.Services).WithinAsync(30);
    }

    public async Task<IReadOnlyList<FeedbackSubmitted>> AnnounceAsync(int count)
    {
        await using var source = new TenantDatabase(NpgsqlDataSource.Create(database.AppConnectionString));
        var org = Guid.NewGuid();
        var events = Enumerable.Range(0, count).Select(_ => Feedback(org)).ToList();
        await source.ExecuteAsync(org, batch => events.ForEach(batch.Announce), CancellationToken.None).WithinAsync();
        return events;
    }

    public async Task AnnounceAsync(params IPlatformEvent[] events)
    {
        await using var source = new TenantDatabase(NpgsqlDataSource.Create(database.AppConnectionString));
        foreach (var happened in events)
            await source.ExecuteAsync(happened.OrgId, batch => batch.Announce(happened), CancellationToken.None).WithinAsync();
    }

    public static FeedbackSubmitted Feedback(Guid org) => new(Guid.NewGuid(), DateTimeOffset.UnixEpoch, org, Guid.NewGuid(), "up", "", null, "");

    /// <summary>Brings the event to the consumers as a second message, past outbox and broker.</summary>
    public async Task DeliverAsync(FeedbackSubmitted happened)
    {
        foreach (var subscription in _app!.Services.GetServices<EventSubscription>())
            await subscription.DeliverAsync(happened, CancellationToken.None).WithinAsync();
    }

    public async Task<HealthStatus> HealthAsync() => (await _app!.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync().WithinAsync(30)).Status;

    /// <summary>Ids that a statement finds.</summary>
    public Task<List<Guid>> IdsAsync(string sql) => ReadAsync(sql);

    /// <summary>The events with an effect; one that had two stands twice.</summary>
    public Task<List<Guid>> EffectsAsync() => ReadAsync("SELECT event_id FROM tally");

    public Task<List<Guid>> UnsentAsync() => ReadAsync("SELECT set_config('app.platform', 'dispatch', false); SELECT event_id FROM outbox WHERE sent_at IS NULL");

    public ValueTask DisposeAsync() => new(StopAsync());

    private async Task<List<Guid>> ReadAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.AppConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        if (sql.StartsWith("SELECT set_config", StringComparison.Ordinal))
            await reader.NextResultAsync();
        var ids = new List<Guid>();
        while (await reader.ReadAsync())
            ids.Add(reader.GetGuid(0));
        return ids;
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder(
        [
            $"--ConnectionStrings:{name}={database.AppConnectionString}", $"--ConnectionStrings:rabbitmq={broker}",
            $"--Encryption:MasterKey={Convert.ToBase64String(new byte[32])}", "--urls=http://127.0.0.1:0",
        ]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddDatabase(name, typeof(BrokerService).Assembly);
        if (faults is not null)
            builder.Services.AddSingleton(faults).AddEventConsumer<Tally, FeedbackSubmitted>();
        add?.Invoke(builder);
        return builder.AddMessaging(name).Build();
    }

    private static async Task<ServiceDatabase> MigratedAsync(string name)
    {
        var database = await PostgresServer.CreateDatabaseAsync(name);
        string role = new NpgsqlConnectionStringBuilder(database.AppConnectionString).Username!;
        using var logs = LoggerFactory.Create(_ => { });
        await new Migrator(database.OwnerConnectionString, role, [typeof(TenantDatabase).Assembly], logs.CreateLogger<Migrator>()).ApplyAsync(CancellationToken.None).WithinAsync();
        return database;
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PromptPlatform.Analytics;
using PromptPlatform.Enhancement;
using PromptPlatform.Messaging.Broker;
using PromptPlatform.TestKit;

namespace PromptPlatform.Faults.Tests.Fleet;

/// <summary>Enhancement and Analytics as in a fleet, with a broker of their own between them. Inference is away, so rules classify.</summary>
internal sealed class EventFleet(RabbitServer rabbit, ServiceHost enhancement, ServiceHost analytics) : IAsyncDisposable
{
    private readonly Guid _org = Guid.NewGuid();

    /// <summary>The broker.</summary>
    public RabbitServer Rabbit => rabbit;

    public static async Task<EventFleet> StartAsync()
    {
        var rabbit = await RabbitServer.StartAsync();
        var errors = new ErrorLogGuard();
        string[] settings = ["--Messaging:Transport=RabbitMq", $"--ConnectionStrings:rabbitmq={rabbit.ConnectionString}", "--Identity:ServiceSecret=test"];
        var analytics = await ServiceHost.StartAsync("analytics", AnalyticsSetup.AddAnalytics, AnalyticsSetup.MapAnalytics, errors, settings: settings);
        await BrokerCommands.Of("analytics").Single(command => command.Name == "topology").RunAsync(analytics.Services).WithinAsync(60);
        // Nobody listens there.
        string[] neighbours = [.. new[] { "inference", "catalog", "analytics" }.Select(service => $"--services:{service}:grpc:0=http://127.0.0.1:9")];
        var enhancement = await ServiceHost.StartAsync("enhancement", EnhancementSetup.AddEnhancement, EnhancementSetup.MapEnhancement, errors, settings: [.. settings, .. neighbours]);
        return new EventFleet(rabbit, enhancement, analytics);
    }

    /// <summary>A client of Enhancement; its token is good for five minutes.</summary>
    public HttpClient Client() => enhancement.Http(_org, "enhance");

    /// <summary>Events that wait in the outbox of Enhancement.</summary>
    public async Task<long> UnsentAsync()
    {
        // The superuser sees the rows of every organisation.
        var admin = new NpgsqlConnectionStringBuilder(await PostgresServer.AdminAsync()) { Database = enhancement.Database.Name };
        await using var source = NpgsqlDataSource.Create(admin.ConnectionString);
        await using var count = source.CreateCommand("SELECT count(*) FROM outbox WHERE sent_at IS NULL");
        return (long)(await count.ExecuteScalarAsync().WithinAsync())!;
    }

    /// <summary>Waits until Analytics has counted so many enhancements, and fails when it counts more.</summary>
    public async Task WaitUntilCountedAsync(int enhancements)
    {
        using var http = analytics.Http(_org, "analytics:read");
        for (int turn = 0; turn < 600; turn++)
        {
            var days = (await http.GetFromJsonAsync<JsonElement>("/v1/analytics/usage").WithinAsync()).GetProperty("data");
            int counted = days.EnumerateArray().Sum(day => day.GetProperty("enhancements").GetInt32());
            Assert.That(counted, Is.LessThanOrEqualTo(enhancements), "counted twice");
            if (counted == enhancements && await UnsentAsync() == 0)
                return;
            await Task.Delay(100);
        }
        Assert.Fail($"Analytics did not count {enhancements} enhancements");
    }

    public async ValueTask DisposeAsync()
    {
        await enhancement.DisposeAsync();
        await analytics.DisposeAsync();
        await rabbit.DisposeAsync();
    }
}

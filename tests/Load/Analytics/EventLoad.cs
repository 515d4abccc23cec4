using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;
using PromptPlatform.Analytics;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Load.Analytics;

/// <summary>Analytics with a durable database: a million events sent in batches, and questions about them.</summary>
internal sealed class EventLoad(ServiceHost host)
{
    private const int Batch = 1000;
    private const int Clients = 4;
    private const int Actors = 50_000;
    private const int Days = 28;
    private const int AskedTimes = 7;
    private static readonly string[] s_names = ["visit", "signup", "enhance", "accept", "pay"];
    private readonly Guid _org = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
    private readonly DateTimeOffset _first = TimeProvider.System.GetUtcNow().AddDays(-Days);

    /// <summary>Sends and asks, and prints rows of Markdown tables.</summary>
    public static async Task MeasureAsync(int events)
    {
        await using var node = await PostgresNode.StartAsync();
        await using var host = await ServiceHost.StartAsync("analytics", AnalyticsSetup.AddAnalytics, AnalyticsSetup.MapAnalytics, new ErrorLogGuard(), await node.CreateDatabaseAsync("analytics"));
        var load = new EventLoad(host);
        Console.WriteLine(Text($"\n| events by {Clients} clients, {Batch} a batch | events/s |\n|---|--:|"));
        Console.WriteLine(Text($"| gRPC, {events} | {await load.SendAsync(events, load.SendGrpcAsync):0} |"));
        Console.WriteLine(Text($"| REST, {events / 5} | {await load.SendAsync(events / 5, load.SendRestAsync):0} |"));
        await load.VacuumAsync();
        Console.WriteLine(Text($"\n| question about {events} events of {Actors} actors and {Days} days | best ms | median ms |\n|---|--:|--:|"));
        await load.AskAsync("funnel of 4 steps", new GetFunnelRequest { Steps = { "visit", "signup", "enhance", "pay" } });
        await load.AskAsync("funnel of 2 steps", new GetFunnelRequest { Steps = { "visit", "pay" } });
        await load.AskAsync("strict funnel of 2 steps", new GetFunnelRequest { Steps = { "visit", "signup" }, Order = "strict" });
        await new InsertContest(host).MeasureAsync();
    }

    private async Task<double> SendAsync(int events, Func<Guid, IReadOnlyList<EventInput>, Task> send)
    {
        // REST goes to an organisation of its own, so that the questions are about the events of gRPC alone.
        var org = send == SendGrpcAsync ? _org : Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, events / Batch), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (batch, _) => await send(org, [.. Events(new Random(batch))]));
        return events / watch.Elapsed.TotalSeconds;
    }

    private async Task SendGrpcAsync(Guid org, IReadOnlyList<EventInput> events)
    {
        var answer = await new AnalyticsService.AnalyticsServiceClient(host.Channel).IngestEventsAsync(new IngestEventsRequest { Events = { events } }, Access(org));
        Require(answer.Accepted == events.Count);
    }

    private async Task SendRestAsync(Guid org, IReadOnlyList<EventInput> events)
    {
        using var http = host.Http(org, "events:write");
        using var answer = await http.PostAsJsonAsync("/v1/events", new
        {
            events = events.Select(e => new { id = e.Id, name = e.Name, actor = e.Actor, at = e.At.ToDateTimeOffset(), properties = e.Properties }),
        });
        Require(answer.IsSuccessStatusCode);
    }

    // What autovacuum does within minutes; in days that are over it has been there.
    private async Task VacuumAsync()
    {
        await using var owner = NpgsqlDataSource.Create(host.Database.OwnerConnectionString);
        await using var command = owner.CreateCommand("VACUUM ANALYZE events");
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }

    private async Task AskAsync(string what, GetFunnelRequest request)
    {
        var times = new List<double>();
        for (int time = 0; time < AskedTimes; time++)
        {
            long since = Stopwatch.GetTimestamp();
            try
            {
                var answer = await new AnalyticsService.AnalyticsServiceClient(host.Channel).GetFunnelAsync(request, Access(_org));
                Require(answer.Data[0].Actors > 0);
            }
            catch (RpcException fault) when (fault.StatusCode == StatusCode.Unavailable)
            {
                // A statement that takes 10 s is ended: an answer of its own, and part of the figures.
                Console.WriteLine(Text($"| {what} | no answer in {Stopwatch.GetElapsedTime(since).TotalSeconds:0} s | |"));
                return;
            }
            times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }
        times.Sort();
        Console.WriteLine(Text($"| {what} | {times[0]:0} | {times[AskedTimes / 2]:0} |"));
    }

    private IEnumerable<EventInput> Events(Random dice) => Enumerable.Range(0, Batch).Select(_ => new EventInput
    {
        Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString(),
        Name = s_names[dice.Next(s_names.Length)],
        Actor = Text($"user-{dice.Next(Actors)}"),
        At = Timestamp.FromDateTimeOffset(_first.AddSeconds(dice.Next(Days * 86_400))),
        Properties = { ["plan"] = Text($"plan {dice.Next(4)}"), ["country"] = "DE" },
    });

    // Tokens live for five minutes.
    private Metadata Access(Guid org) => new() { { "authorization", "Bearer " + host.Identity.Token("analytics", org, "analytics:read events:write") } };

    private static void Require(bool answered)
    {
        if (!answered)
            throw new InvalidOperationException("Analytics did not answer as it should; the figures would be wrong");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

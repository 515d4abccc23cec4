using System.Diagnostics;
using PromptPlatform.Analytics.Tests.Events;
using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Tests;

/// <summary>Measures and asserts nothing about time; run it by name: <c>dotnet test tests/Analytics.Tests --filter FullyQualifiedName~Measurements</c>.</summary>
[Explicit("takes minutes")]
public sealed class Measurements
{
    private const int Batch = 1_000;
    private const int Clients = 4;
    private static readonly string[] s_names = ["visit", "signup", "enhance", "accept", "pay"];
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [TestCase(1_000_000)]
    public async Task Events_IngestedAndAskedFor(int count)
    {
        var org = Guid.NewGuid();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, count / Batch), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (batch, _) =>
        {
            var answer = await analytics.SendAsync(org, [.. Events(batch)]);
            Assert.That(answer.Accepted, Is.EqualTo(Batch));
        });
        Say($"ingested {count} events by {Clients} clients: {count / watch.Elapsed.TotalSeconds:0} events/s");
        for (int run = 0; run < 4; run++)
        {
            await TimeAsync("funnel of 4 steps", (client, headers) => client.GetFunnelAsync(new() { Steps = { "visit", "signup", "enhance", "pay" } }, headers), org);
            await TimeAsync("strict funnel", (client, headers) => client.GetFunnelAsync(new() { Steps = { "visit", "signup" }, Order = "strict" }, headers), org);
            await TimeAsync("retention of 12 days", (client, headers) => client.GetRetentionAsync(new(), headers), org);
            await TimeAsync("counts by property", (client, headers) => client.CountEventsAsync(new() { GroupBy = "plan" }, headers), org);
            await TimeAsync("counts by name", (client, headers) => client.CountEventsAsync(new() { GroupBy = "name" }, headers), org);
        }
    }

    private static IEnumerable<EventInput> Events(int batch)
    {
        var dice = new Random(batch);
        var first = new DateTimeOffset(2026, 2, 10, 0, 0, 0, TimeSpan.Zero);
        return Enumerable.Range(0, Batch).Select(_ =>
            Sent.Event(s_names[dice.Next(s_names.Length)], "user-" + dice.Next(50_000), first.AddSeconds(dice.Next(28 * 86_400)).ToString("O"), properties: [("plan", "plan " + dice.Next(4)), ("country", "DE")]));
    }

    private async Task TimeAsync<T>(string what, Func<AnalyticsService.AnalyticsServiceClient, Grpc.Core.Metadata, Grpc.Core.AsyncUnaryCall<T>> call, Guid org)
    {
        var watch = Stopwatch.StartNew();
        await analytics.AskAsync(org, call);
        Say($"{what}: {watch.ElapsedMilliseconds} ms");
    }

    private static void Say(string line) => TestContext.Progress.WriteLine(line);
}

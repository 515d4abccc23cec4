using System.Net;
using PromptPlatform.Analytics.Tests.Events;
using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Tests.Questions;

public sealed class BadQuestionTests
{
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [TestCase("funnels?steps=a", "steps")]
    [TestCase("funnels?steps=a&steps=b'%20OR%201=1--", "steps/1")]
    [TestCase("funnels?steps=a&steps=b&order=random", "order")]
    [TestCase("funnels?steps=a&steps=b&windowSeconds=-1", "windowSeconds")]
    [TestCase("funnels?steps=a&steps=b&windowSeconds=7776001", "windowSeconds")]
    [TestCase("funnels?steps=a&steps=b&exclusions=a", "exclusions/0")]
    [TestCase("funnels?steps=a&steps=b&exclusions=x@2-1", "exclusions/0")]
    [TestCase("funnels?steps=a&steps=b&exclusions=x@1-3", "exclusions/0")]
    [TestCase("funnels?steps=a&steps=b&exclusions=x@1-2&order=unordered", "exclusions/0", TestName = "Question_ForAPartialExclusionOfAnUnorderedFunnel_Is400")]
    [TestCase("funnels?steps=a&steps=b&period=hour", "period")]
    [TestCase("funnels?steps=a&steps=b&attribution=2", "attribution")]
    [TestCase("funnels?steps=a&steps=b&breakdown=plan&attribution=3", "attribution")]
    [TestCase("funnels?steps=a&steps=b&breakdown=plan&attribution=-1", "attribution")]
    [TestCase("funnels?steps=a&steps=b&breakdown=plan&attribution=last", "attribution")]
    [TestCase("funnels?steps=a&steps=b&breakdown=plan&attribution=2&order=unordered", "attribution", TestName = "Question_ForAnAttributionOfAnUnorderedFunnel_Is400")]
    [TestCase("funnels?steps=a&steps=b&breakdown=a'b", "breakdown")]
    [TestCase("events?period=year", "period")]
    [TestCase("events?period=hour&from=2026-01-01", "period")]
    [TestCase("events?from=2025-01-01", "from")]
    [TestCase("events?timeZone=../../etc/passwd", "timeZone")]
    [TestCase("events?timeZone=Mars/Olympus", "timeZone")]
    [TestCase("events?groupBy=a'b", "groupBy")]
    [TestCase("events?name=%3BDROP", "name")]
    [TestCase("active-users?from=2026-01-01", "period")]
    [TestCase("retention?intervals=63", "intervals")]
    [TestCase("retention?intervals=1", "intervals")]
    [TestCase("retention?to=2026-02-30", "to")]
    public async Task Question_ThatCannotBeAnswered_Is400AndNamesTheParameter(string question, string field)
    {
        var (status, json) = await analytics.RestAsync(Guid.NewGuid(), "/v1/analytics/" + question);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(json.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/" + field));
    }

    [Test]
    public void Funnel_Of10000Steps_IsRefused()
    {
        var request = new GetFunnelRequest { Steps = { Enumerable.Repeat("a", 10_000) } };

        var error = Assert.ThrowsAsync<Grpc.Core.RpcException>(() => analytics.AskAsync(Guid.NewGuid(), (client, headers) => client.GetFunnelAsync(request, headers)));

        Assert.That(error!.Status.Detail, Is.EqualTo("steps: has 10000 entries; send 2 to 8"));
    }

    [Test]
    public async Task Questions_OfAnotherOrganisation_SeeNothing()
    {
        await analytics.SendAsync(Guid.NewGuid(), Sent.Event("signup"), Sent.Event("paid", at: "2026-03-10T11:00:00Z"));
        var org = Guid.NewGuid();

        var counts = await analytics.AskAsync(org, (client, headers) => client.CountEventsAsync(new(), headers));
        var funnel = await analytics.AskAsync(org, (client, headers) => client.GetFunnelAsync(new() { Steps = { "signup", "paid" } }, headers));
        var active = await analytics.AskAsync(org, (client, headers) => client.GetActiveUsersAsync(new(), headers));

        Assert.That(counts.Data, Is.Empty);
        Assert.That(funnel.Data.Select(s => s.Actors), Is.EqualTo(new[] { 0d, 0d }));
        Assert.That(active.Actors, Is.Zero);
    }

    [Test]
    public async Task Groups_BeyondTheFiftyLargest_AreCountedAsOther()
    {
        var org = Guid.NewGuid();
        await analytics.SendAsync(org, [.. Enumerable.Range(0, 60).SelectMany(i => Enumerable.Range(0, i < 50 ? 2 : 1).Select(_ => Sent.Event(properties: ("plan", $"plan {i}"))))]);

        var counts = await analytics.AskAsync(org, (client, headers) => client.CountEventsAsync(new() { GroupBy = "plan" }, headers));

        Assert.That(counts.Data, Has.Count.EqualTo(51));
        Assert.That((counts.Data[^1].Other, counts.Data[^1].Total), Is.EqualTo((true, 10d)));
        Assert.That(counts.Data.Sum(s => s.Total), Is.EqualTo(110));
    }

    [Test]
    public async Task Breakdown_BeyondTheTwentyFiveCommonestValues_IsOther()
    {
        var org = Guid.NewGuid();
        await analytics.SendAsync(org, [.. Enumerable.Range(0, 40).SelectMany(i => Enumerable.Range(0, i < 25 ? 2 : 1).Select(n => Sent.Event("signup", $"user-{i}-{n}", properties: ("plan", $"plan {i}"))))]);

        var funnel = await analytics.AskAsync(org, (client, headers) => client.GetFunnelAsync(new() { Steps = { "signup", "paid" }, Breakdown = "plan" }, headers));

        Assert.That(funnel.Breakdown, Has.Count.EqualTo(26));
        Assert.That((funnel.Breakdown[^1].Other, funnel.Breakdown[^1].Data[0].Actors, funnel.Breakdown[0].Data[0].Actors), Is.EqualTo((true, 15d, 2d)));
    }

    [Test]
    public async Task Trend_CountsAttemptsOnTheDayTheyBegan()
    {
        var org = Guid.NewGuid();
        await analytics.SendAsync(org, Sent.Event("signup", at: "2026-03-08T23:00:00Z"), Sent.Event("paid", at: "2026-03-09T01:00:00Z"), Sent.Event("signup", "user-2", "2026-03-09T02:00:00Z"));

        var funnel = await analytics.AskAsync(org, (client, headers) => client.GetFunnelAsync(new() { Steps = { "signup", "paid" }, From = "2026-03-08", Period = "day" }, headers));

        Assert.That(funnel.Trend.Select(t => (t.Entered, t.Completed, t.Rate)), Is.EqualTo(new[] { (1d, 1d, 1d), (1d, 0d, 0d), (0d, 0d, 0d) }));
    }
}

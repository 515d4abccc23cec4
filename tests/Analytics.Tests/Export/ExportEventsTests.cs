using System.Net;
using System.Text.Json;
using PromptPlatform.Analytics.Tests.Events;

namespace PromptPlatform.Analytics.Tests.Export;

public sealed class ExportEventsTests
{
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [Test]
    public async Task Ndjson_HasEveryEventOnce()
    {
        var org = Guid.NewGuid();
        // More than two pages.
        var sent = Enumerable.Range(0, 5_000).Select(i => Sent.Event(actor: "user-" + i)).ToList();
        foreach (var batch in sent.Chunk(1_000))
            await analytics.SendAsync(org, batch);

        var (status, type, body) = await analytics.DownloadAsync(org, "/v1/analytics/events:export");

        var ids = body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString());
        Assert.That((status, type), Is.EqualTo((HttpStatusCode.OK, "application/x-ndjson")));
        Assert.That(ids, Is.EquivalentTo(sent.Select(e => e.Id)));
    }

    [Test]
    public async Task Csv_QuotesWhatPeopleWrite()
    {
        var org = Guid.NewGuid();
        var sent = Sent.Event("sign up", "Ann \"A\", Ltd", "2026-03-10T10:00:00.5Z", properties: ("plan", "a,b"));
        await analytics.SendAsync(org, sent, Sent.Event("other"));

        var (_, type, body) = await analytics.DownloadAsync(org, "/v1/analytics/events:export?format=csv&name=sign%20up");

        Assert.That(type, Is.EqualTo("text/csv"));
        Assert.That(body, Is.EqualTo($"id,name,actor,at,properties\r\n{sent.Id},\"sign up\",\"Ann \"\"A\"\", Ltd\",2026-03-10T10:00:00.5Z,\"{{\"\"plan\"\": \"\"a,b\"\"}}\"\r\n"));
    }

    [TestCase("=1+1")]
    [TestCase("+1")]
    [TestCase("-1")]
    [TestCase("@SUM(A1)")]
    public async Task Csv_NeverBeginsACellAsAFormula(string actor)
    {
        var org = Guid.NewGuid();
        await analytics.SendAsync(org, Sent.Event(actor: actor));

        var (_, _, body) = await analytics.DownloadAsync(org, "/v1/analytics/events:export?format=csv");

        Assert.That(body, Does.Contain($",\"'{actor}\","));
    }

    [Test]
    public async Task Export_OfNothing_IsEmptyAndOfItsType()
    {
        await analytics.SendAsync(Guid.NewGuid(), Sent.Event());

        var (status, type, body) = await analytics.DownloadAsync(Guid.NewGuid(), "/v1/analytics/events:export");

        Assert.That((status, type, body), Is.EqualTo((HttpStatusCode.OK, "application/x-ndjson", "")));
    }

    [TestCase("format=xlsx", "format")]
    [TestCase("from=2020-01-01", "from")]
    public async Task Export_OfAWrongQuestion_Is400(string query, string field)
    {
        var (status, json) = await analytics.RestAsync(Guid.NewGuid(), "/v1/analytics/events:export?" + query);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(json.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/" + field));
    }
}

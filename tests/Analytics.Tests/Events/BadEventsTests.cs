using System.Net;
using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Tests.Events;

public sealed class BadEventsTests
{
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return new TestCaseData(Sent.Event(name: "x'; DROP TABLE events; --"), "name").SetArgDisplayNames("a name that looks like SQL");
        yield return new TestCaseData(Sent.Event(name: new string('x', 101)), "name").SetArgDisplayNames("a long name");
        yield return new TestCaseData(Sent.Event(name: "prompt_enhanced"), "name").SetArgDisplayNames("an event of the platform");
        yield return new TestCaseData(Sent.Event(actor: ""), "actor").SetArgDisplayNames("no actor");
        yield return new TestCaseData(Sent.Event(actor: "a\nb"), "actor").SetArgDisplayNames("an actor of two lines");
        yield return new TestCaseData(new EventInput(Sent.Event()) { Id = "42" }, "id").SetArgDisplayNames("no UUID");
        yield return new TestCaseData(new EventInput(Sent.Event()) { At = null }, "at").SetArgDisplayNames("no time");
        yield return new TestCaseData(new EventInput(Sent.Event()) { At = new() { Seconds = long.MaxValue } }, "at").SetArgDisplayNames("a time that is none");
        yield return new TestCaseData(Sent.Event(properties: ("text", new string('x', 1 << 20))), "properties/text").SetArgDisplayNames("a property of 1 MB");
        yield return new TestCaseData(Sent.Event(properties: ("a b", "1")), "properties").SetArgDisplayNames("a key with a blank");
        yield return new TestCaseData(Sent.Event(properties: ("nul", "a\0b")), "properties/nul").SetArgDisplayNames("NUL");
        yield return new TestCaseData(Sent.Event(properties: [.. Enumerable.Range(0, 33).Select(i => ($"k{i}", "v"))]), "properties").SetArgDisplayNames("too many properties");
    }

    [TestCaseSource(nameof(Refused))]
    public async Task BadEvent_IsRefusedAndItsFieldNamed(EventInput bad, string field)
    {
        var org = Guid.NewGuid();

        var answer = await analytics.SendAsync(org, Sent.Event(), bad);

        Assert.That(answer.Results.Select(r => r.Status), Is.EqualTo(new[] { "accepted", "refused" }));
        Assert.That(answer.Results[1].Errors.Select(e => e.Pointer), Is.EqualTo(new[] { "/events/1/" + field }));
        Assert.That(answer.Results[1].Errors.Single().Detail, Is.Not.Empty.And.Length.LessThan(200));
    }

    [TestCase(0)]
    [TestCase(1001)]
    [TestCase(10_000)]
    public void Batch_OfAWrongSize_IsRefusedWhole(int count)
    {
        var error = Assert.ThrowsAsync<Grpc.Core.RpcException>(() => analytics.SendAsync(Guid.NewGuid(), [.. Enumerable.Range(0, count).Select(_ => Sent.Event())]));

        Assert.That(error!.Status.Detail, Does.StartWith("events: "));
    }

    [TestCase("""{"events":[{"id":"3f0e6f0a-5d3c-4c7e-9a51-0c1d8f6f2b11","surprise":1}]}""", "/events/0/surprise")]
    [TestCase("""{"events":[{"at":"yesterday"}]}""", "/events/0/at")]
    [TestCase("""{"events":[{"properties":{"n":1}}]}""", "/events/0/properties/n")]
    [TestCase("""{"events":{}}""", "/events")]
    public async Task Json_ThatIsNoBatch_Is400AndNamesTheField(string json, string field)
    {
        var (status, problem) = await analytics.PostAsync(Guid.NewGuid(), "/v1/events", json);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(problem.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo(field));
    }

    [Test]
    public async Task Events_WithoutTheScope_AreForbidden()
    {
        var (status, _) = await analytics.PostAsync(Guid.NewGuid(), "/v1/events", "{}", scopes: "analytics:read");

        Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Answer_HasThePublicForm()
    {
        string json = """{"events":[{"id":"3f0e6f0a-5d3c-4c7e-9a51-0c1d8f6f2b11","name":"signup","actor":"u","at":"2026-03-10T12:00:00Z","properties":{"note":"'; DELETE FROM events; --"}}]}""";
        var org = Guid.NewGuid();

        var (status, answer) = await analytics.PostAsync(org, "/v1/events", json);

        var counts = await analytics.AskAsync(org, (client, headers) => client.CountEventsAsync(new() { GroupBy = "note" }, headers));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.GetProperty("accepted").GetInt32(), Is.EqualTo(1));
        Assert.That(answer.GetProperty("results")[0].GetProperty("status").GetString(), Is.EqualTo("accepted"));
        Assert.That(counts.Data.Single().Group, Is.EqualTo("'; DELETE FROM events; --"));
    }
}

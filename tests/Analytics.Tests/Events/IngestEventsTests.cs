using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Tests.Events;

public sealed class IngestEventsTests
{
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [Test]
    public async Task GoodEvents_OfABatchWithBadOnes_AreKept()
    {
        var org = Guid.NewGuid();

        var answer = await analytics.SendAsync(org, Sent.Event(), Sent.Event(name: ""), Sent.Event(actor: "user-2"));

        Assert.That(answer.Results.Select(r => r.Status), Is.EqualTo(new[] { "accepted", "refused", "accepted" }));
        Assert.That((answer.Accepted, answer.Duplicates, answer.Refused), Is.EqualTo((2, 0, 1)));
        Assert.That(answer.Results[1].Errors.Single().Pointer, Is.EqualTo("/events/1/name"));
        Assert.That(await CountAsync(org), Is.EqualTo(2));
    }

    [Test]
    public async Task Batch_SentManyTimesAtOnce_CountsOnce()
    {
        var org = Guid.NewGuid();
        EventInput[] batch = [.. Enumerable.Range(0, 200).Select(i => Sent.Event(actor: "user-" + i))];

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => analytics.SendAsync(org, [.. i % 2 == 0 ? batch : batch.Reverse()])));

        Assert.That(answers.Sum(a => a.Accepted), Is.EqualTo(200));
        Assert.That(answers.Sum(a => a.Duplicates), Is.EqualTo(1400));
        Assert.That(await CountAsync(org), Is.EqualTo(200));
    }

    [Test]
    public async Task Event_TwiceInOneBatch_CountsOnce()
    {
        var org = Guid.NewGuid();
        var once = Sent.Event();

        var answer = await analytics.SendAsync(org, once, once);

        Assert.That(answer.Results.Select(r => r.Status), Is.EqualTo(new[] { "accepted", "duplicate" }));
        Assert.That(await CountAsync(org), Is.EqualTo(1));
    }

    [Test]
    public async Task Id_OfAnotherEvent_IsRefusedAndTheFirstStays()
    {
        var org = Guid.NewGuid();
        var id = Guid.NewGuid();
        await analytics.SendAsync(org, Sent.Event(id: id));

        var later = await analytics.SendAsync(org, Sent.Event(id: id, at: "2026-03-09T10:00:00Z"), Sent.Event(id: id));

        Assert.That(later.Results.Select(r => r.Status), Is.EqualTo(new[] { "refused", "duplicate" }));
        Assert.That(later.Results[0].Errors.Single().Pointer, Is.EqualTo("/events/0/id"));
        Assert.That(await CountAsync(org), Is.EqualTo(1));
    }

    [Test]
    public async Task Id_InAnotherOrganisation_IsAnotherEvent()
    {
        var id = Guid.NewGuid();
        Guid mine = Guid.NewGuid(), other = Guid.NewGuid();
        await analytics.SendAsync(other, Sent.Event(id: id, name: "theirs"));

        var answer = await analytics.SendAsync(mine, Sent.Event(id: id, name: "ours"));

        Assert.That(answer.Accepted, Is.EqualTo(1));
        Assert.That((await CountAsync(mine), await CountAsync(other)), Is.EqualTo((1d, 1d)));
    }

    // Today is 2026-03-10T12:00:00Z.
    [TestCase("2026-02-03T12:00:00Z", "accepted")]
    [TestCase("2026-02-03T11:59:59Z", "refused")]
    [TestCase("2026-03-10T12:05:00Z", "accepted")]
    [TestCase("2026-03-10T12:05:01Z", "refused")]
    [TestCase("9999-12-31T23:59:59Z", "refused")]
    [TestCase("0001-01-01T00:00:00Z", "refused")]
    public async Task Event_IsTakenFrom35DaysAgoTo5MinutesAhead(string at, string status)
    {
        var answer = await analytics.SendAsync(Guid.NewGuid(), Sent.Event(at: at));

        Assert.That(answer.Results.Single().Status, Is.EqualTo(status));
        Assert.That(answer.Results.Single().Errors.Select(e => e.Pointer), Is.EqualTo(status == "refused" ? new[] { "/events/0/at" } : []));
    }

    [Test]
    public async Task SentAt_TakesTheFaultOfTheSendersClockOffEveryTime()
    {
        var org = Guid.NewGuid();
        // A clock that is two days ahead, an event an hour ago.
        var request = new IngestEventsRequest { SentAt = Sent.Time("2026-03-12T12:00:00Z"), Events = { Sent.Event(at: "2026-03-12T11:00:00Z") } };

        var answer = await analytics.AskAsync(org, (client, headers) => client.IngestEventsAsync(request, headers));

        var counts = await analytics.AskAsync(org, (client, headers) => client.CountEventsAsync(new() { From = "2026-03-10", To = "2026-03-10", Period = "hour" }, headers));
        Assert.That(answer.Accepted, Is.EqualTo(1));
        Assert.That(counts.Data.Single().Counts[11], Is.EqualTo(1));
    }

    [Test]
    public async Task PlatformEvents_AreEventsToo()
    {
        var org = Guid.NewGuid();
        var enhanced = Happened.Enhanced(org, "2026-03-10T10:00:00Z");
        await analytics.DeliverAsync(enhanced);
        await analytics.DeliverAsync(enhanced);
        await analytics.DeliverAsync(Happened.Feedback(org, Guid.NewGuid(), "2026-03-10T10:00:00Z", "up"));

        var counts = await analytics.AskAsync(org, (client, headers) => client.CountEventsAsync(new() { GroupBy = "intent" }, headers));

        Assert.That(counts.Data.Select(s => (s.Group, s.Total)), Is.EqualTo(new[] { ("", 1d), ("translation", 1d) }));
    }

    private async Task<double> CountAsync(Guid org)
    {
        var rolled = (await analytics.AskAsync(org, (client, headers) => client.CountEventsAsync(new(), headers))).Data.Sum(s => s.Total);
        var stored = (await analytics.AskAsync(org, (client, headers) => client.CountEventsAsync(new() { GroupBy = "none" }, headers))).Data.Sum(s => s.Total);
        Assert.That(rolled, Is.EqualTo(stored), "the kept counts are those of the events");
        return stored;
    }
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromptPlatform.Analytics.Learning;
using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.Learning;

public sealed class EffectivenessTests
{
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [Test]
    public async Task Effectiveness_IsThePriorAndTheSharesOfTheOutcomes()
    {
        var org = Guid.NewGuid();
        await analytics.DeliverAsync(Judged.Enhancement(org, "2026-03-01T10:00:00Z", "up", ["few-shot", "self-debug"]));
        await analytics.DeliverAsync(Judged.Enhancement(org, "2026-03-01T10:01:00Z", "down", ["few-shot"]));
        await analytics.DeliverAsync(Judged.Enhancement(org, "2026-03-01T10:02:00Z", "up", ["few-shot"], outcome: "failed"));
        await analytics.DeliverAsync(Judged.Enhancement(org, "2026-03-01T10:03:00Z", "", ["few-shot"], stars: 5));
        await analytics.DeliverAsync(Judged.Enhancement(org, "2026-03-01T10:04:00Z", "", ["few-shot"], stars: 3));

        var found = (await analytics.EffectivenessAsync(org, "?technique=few-shot&intent=code_debugging")).Single();

        var prior = TechniquePriors.Of("few-shot");
        Assert.That((found.Number("outcomes"), found.Number("successes")), Is.EqualTo((3.5, 1.5)), "half of the first, and of the others all but the three stars");
        Assert.That(found.Number("mean"), Is.EqualTo((prior.Alpha + 1.5) / (prior.Weight + 3.5)).Within(1e-4));
        Assert.That(found.Number("lower"), Is.LessThan(found.Number("mean")).And.Positive);
        Assert.That(found.Number("upper"), Is.GreaterThan(found.Number("mean")).And.LessThan(1));
        Assert.That(found.GetProperty("prior").GetProperty("source").GetString(), Is.EqualTo("evidence"));
        Assert.That(found.Number("usual"), Is.EqualTo((2 + 2.0) / (4 + 4)).Within(1e-4), "two of four enhancements on an even prior");
        Assert.That(found.TryGetProperty("common", out _), Is.False);
    }

    [Test]
    public async Task Effectiveness_DoesNotDependOnTheOrderOfEvents_NorOnTheirRepetition()
    {
        var (one, other, dice) = (Guid.NewGuid(), Guid.NewGuid(), new Random(3));
        IPlatformEvent[] Events(Guid org) => [.. Enumerable.Range(0, 12).SelectMany(i => Judged.Enhancement(org, $"2026-03-01T10:{i:00}:00Z", i % 3 == 0 ? "down" : "up", [.. new[] { "few-shot", "self-debug", "outline-first" }.Take(1 + i % 3)]))];
        var shuffled = Events(other);
        dice.Shuffle(shuffled);

        await analytics.DeliverAsync(Events(one));
        await analytics.DeliverAsync(shuffled.Concat(shuffled.Take(9)));

        var known = (await analytics.EffectivenessAsync(one)).Select(e => e.ToString()).ToList();
        Assert.That(known, Has.Count.EqualTo(3));
        Assert.That((await analytics.EffectivenessAsync(other)).Select(e => e.ToString()), Is.EqualTo(known));
    }

    [Test]
    public async Task Effectiveness_OfFeedbackThatChanges_CountsTheNewestOnly()
    {
        var org = Guid.NewGuid();
        var events = Judged.Enhancement(org, "2026-03-01T10:00:00Z", "up", ["few-shot"]);
        await analytics.DeliverAsync(events);

        await analytics.DeliverAsync(Happened.Feedback(org, ((PromptEnhanced)events[0]).EnhancementId, "2026-03-01T11:00:00Z", "down", "up"));

        var found = (await analytics.EffectivenessAsync(org)).Single();
        Assert.That((found.Number("outcomes"), found.Number("successes")), Is.EqualTo((1.0, 0.0)));
    }

    [Test]
    public async Task Effectiveness_OfAChosenVariation_IsNotCreditedToTheMainText()
    {
        var org = Guid.NewGuid();
        var events = Judged.Enhancement(org, "2026-03-01T10:00:00Z", "up", ["few-shot"]);

        await analytics.DeliverAsync([events[0], (FeedbackSubmitted)events[1] with { ChosenVariation = "var_2" }]);

        Assert.That(await analytics.EffectivenessAsync(org), Is.Empty);
    }

    [Test]
    public async Task Effectiveness_ComesInPages_EachCellOnce()
    {
        var org = Guid.NewGuid();
        foreach (var (technique, i) in new[] { "few-shot", "self-debug", "outline-first", "step-back", "analogical" }.Select((t, i) => (t, i)))
            await analytics.DeliverAsync(Judged.Enhancement(org, $"2026-03-01T10:0{i}:00Z", "up", [technique]));
        var seen = new List<string>();

        for (string cursor = ""; ;)
        {
            var (_, page) = await analytics.CallAsync(org, "learning:read", HttpMethod.Get, $"/v1/learning/effectiveness?intent=code_debugging&limit=2&cursor={cursor}");
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("technique").GetString()!));
            if (!page.GetProperty("hasMore").GetBoolean())
                break;
            cursor = page.GetProperty("nextCursor").GetString()!;
        }

        Assert.That(seen, Is.EqualTo(new[] { "analogical", "few-shot", "outline-first", "self-debug", "step-back" }));
    }

    [Test]
    public async Task Outcomes_WeighHalfAfterTheirHalfLife()
    {
        var org = Guid.NewGuid();
        await analytics.DeliverAsync(Judged.Enhancement(org, "2026-02-28T10:00:00Z", "up", ["few-shot"]));
        var forgetting = new OrganizationBeliefs(
            analytics.Services.GetRequiredService<TenantDatabase>(), Options.Create(new LearningOptions { HalfLifeDays = 5 }), new TestClock(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero)));

        var found = (await forgetting.ListAsync(org, CancellationToken.None).WithinAsync()).Single(e => e.Cell.Technique == "few-shot" && e.Own.Outcomes > 0);

        Assert.That(found.Own, Is.EqualTo(new Credit(0.25, 0.25)));
    }

    [TestCase("?intent=cooking", "/intent")]
    [TestCase("?target=gpt-4o", "/target")]
    [TestCase("?limit=201", "/limit")]
    [TestCase("?cursor=*", "/cursor")]
    [TestCase("?technique=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "/technique")]
    public async Task Effectiveness_OfAWrongFilter_NamesTheField(string query, string field)
    {
        var (status, json) = await analytics.CallAsync(Guid.NewGuid(), "learning:read", HttpMethod.Get, "/v1/learning/effectiveness" + query);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(json.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo(field));
    }
}

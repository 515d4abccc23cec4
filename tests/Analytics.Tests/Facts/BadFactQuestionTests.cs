using System.Net;

namespace PromptPlatform.Analytics.Tests.Facts;

public sealed class BadFactQuestionTests
{
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [TestCase("enhancements?groupBy=mood", "groupBy")]
    [TestCase("enhancements?groupBy=intent'--", "groupBy")]
    [TestCase("enhancements?groupBy=Intent", "groupBy")]
    [TestCase("enhancements?measure=money", "measure")]
    [TestCase("enhancements?where=intent", "where/0")]
    [TestCase("enhancements?where=intent:a&where=mood:b", "where/1")]
    [TestCase("enhancements?where=1=1;DROP TABLE enhancement_facts:x", "where/0")]
    [TestCase("enhancements?where=degraded:maybe", "where/0")]
    [TestCase("enhancements?where=intent:%00", "where/0")]
    [TestCase("enhancements?where=a:1&where=a:1&where=a:1&where=a:1&where=a:1&where=a:1&where=a:1&where=a:1&where=a:1", "where")]
    [TestCase("enhancements?period=year", "period")]
    [TestCase("enhancements?period=hour&from=2025-06-01", "period")]
    [TestCase("enhancements?timeZone=Mars", "timeZone")]
    [TestCase("enhancements?from=2026-02-30", "from")]
    [TestCase("enhancements?to=yesterday", "to")]
    [TestCase("enhancements?colour=blue", "colour")]
    [TestCase("techniques?where=technique:few-shot", "where")]
    [TestCase("techniques?technique=%07", "technique")]
    [TestCase("techniques?minCount=-1", "minCount")]
    [TestCase("techniques?minCount=100001", "minCount")]
    [TestCase("techniques?minCount=few", "minCount")]
    [TestCase("techniques?confidence=1", "confidence")]
    [TestCase("techniques?confidence=0.4", "confidence")]
    [TestCase("techniques?confidence=NaN", "confidence")]
    [TestCase("techniques?limit=1001", "limit")]
    [TestCase("techniques?limit=-1", "limit")]
    [TestCase("techniques?from=2025-01-01&to=2026-03-01", "from")]
    [TestCase("quality?groupBy=prompt", "groupBy")]
    [TestCase("quality?confidence=95", "confidence")]
    [TestCase("quality?where=:x", "where/0")]
    [TestCase("fairness?dimension=actor", "dimension")]
    [TestCase("fairness?dimension=religion", "dimension")]
    [TestCase("fairness?metric=joy", "metric")]
    [TestCase("fairness?minCount=0.5", "minCount")]
    [TestCase("fairness?confidence=-0.9", "confidence")]
    public async Task Question_ThatCannotBeAnswered_Is400AndNamesTheParameter(string question, string field)
    {
        var (status, json) = await analytics.RestAsync(Guid.NewGuid(), "/v1/analytics/" + question);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest), json.GetRawText());
        Assert.That(json.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/" + field));
    }

    [TestCase("intent:x' OR '1'='1")]
    [TestCase("technique:few-shot\"); DROP TABLE enhancement_facts; --")]
    [TestCase("actor:$1")]
    public async Task Condition_ThatLooksLikeSql_IsAValueThatNothingHas(string condition)
    {
        var org = Guid.NewGuid();
        await analytics.DeliverAsync(Happened.Enhanced(org, "2026-03-01T10:00:00Z"));

        var answer = await analytics.AskAsync(org, (client, headers) => client.CountEnhancementsAsync(new() { Where = { condition } }, headers));

        Assert.That(answer.Data, Is.Empty);
    }

    [Test]
    public async Task Questions_OfAnotherOrganisation_SeeNothing()
    {
        await analytics.DeliverAsync(Happened.Enhanced(Guid.NewGuid(), "2026-03-01T10:00:00Z"));
        var org = Guid.NewGuid();

        var counts = await analytics.AskAsync(org, (client, headers) => client.CountEnhancementsAsync(new() { GroupBy = "intent" }, headers));
        var effects = await analytics.AskAsync(org, (client, headers) => client.GetTechniqueEffectsAsync(new(), headers));
        var quality = await analytics.AskAsync(org, (client, headers) => client.GetQualityAsync(new(), headers));
        var fairness = await analytics.AskAsync(org, (client, headers) => client.GetFairnessAsync(new(), headers));

        Assert.That((counts.Data.Count, effects.Data.Count, fairness.Data.Count), Is.EqualTo((0, 0, 0)));
        Assert.That((quality.Data.Single().Enhancements, quality.Data.Single().Success.HasRate, fairness.Overall.HasRate), Is.EqualTo((0d, false, false)));
    }
}

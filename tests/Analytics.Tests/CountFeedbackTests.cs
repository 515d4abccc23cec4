using PromptPlatform.Events;

namespace PromptPlatform.Analytics.Tests;

public sealed class CountFeedbackTests
{
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    // Every order of arrival, each event delivered twice.
    [TestCase(0, 1, 2)]
    [TestCase(0, 2, 1)]
    [TestCase(1, 0, 2)]
    [TestCase(1, 2, 0)]
    [TestCase(2, 0, 1)]
    [TestCase(2, 1, 0)]
    public async Task Rating_ThatChanges_CountsOnceOnTheDayOfTheNewest(params int[] order)
    {
        var org = Guid.NewGuid();
        var enhancement = Guid.NewGuid();
        FeedbackSubmitted[] given =
        [
            Happened.Feedback(org, enhancement, "2026-03-01T10:00:00Z", "up"),
            Happened.Feedback(org, enhancement, "2026-03-02T10:00:00Z", "down", "up"),
            Happened.Feedback(org, enhancement, "2026-03-02T11:00:00Z", "down", "down"),
        ];

        foreach (int index in order.Concat(order))
            await analytics.DeliverAsync(given[index]);

        Assert.That(await FeedbackAsync(org), Is.EqualTo(new[] { (0, 0), (0, 1) }));
    }

    [Test]
    public async Task Rating_TakenBack_CountsNoMore()
    {
        var org = Guid.NewGuid();
        var enhancement = Guid.NewGuid();
        await analytics.DeliverAsync(Happened.Feedback(org, enhancement, "2026-03-01T10:00:00Z", "up"));

        await analytics.DeliverAsync(Happened.Feedback(org, enhancement, "2026-03-02T10:00:00Z", "", "up"));

        Assert.That(await FeedbackAsync(org), Is.EqualTo(new[] { (0, 0), (0, 0) }));
    }

    [Test]
    public async Task Ratings_OfOneEnhancementAtOnce_LeaveTheNewest()
    {
        var org = Guid.NewGuid();
        var enhancement = Guid.NewGuid();
        var given = Enumerable.Range(0, 16).Select(i => Happened.Feedback(org, enhancement, $"2026-03-01T10:{i:00}:00Z", i % 2 == 0 ? "up" : "down"));

        await Task.WhenAll(given.Select(analytics.DeliverAsync));

        Assert.That(await FeedbackAsync(org), Is.EqualTo(new[] { (0, 1), (0, 0) }));
    }

    [Test]
    public async Task Ratings_OfManyEnhancements_AreCountedEach()
    {
        var org = Guid.NewGuid();
        var given = Enumerable.Range(0, 30).Select(i => Happened.Feedback(org, Guid.NewGuid(), "2026-03-02T10:00:00Z", i < 20 ? "up" : "down"));

        await Task.WhenAll(given.Select(analytics.DeliverAsync));

        Assert.That(await FeedbackAsync(org), Is.EqualTo(new[] { (0, 0), (20, 10) }));
    }

    private async Task<IEnumerable<(int Up, int Down)>> FeedbackAsync(Guid org) =>
        (await analytics.UsageAsync(org, "2026-03-01", "2026-03-02")).Select(d => (d.FeedbackUp, d.FeedbackDown));
}

namespace PromptPlatform.Analytics.Tests;

public sealed class CountEnhancementTests
{
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [Test]
    public async Task Enhancements_AreSummedPerUtcDay()
    {
        var org = Guid.NewGuid();
        // The second is on the 2nd of March in UTC.
        await analytics.DeliverAsync(Happened.Enhanced(org, "2026-03-01T23:59:59Z", totalMs: 2));
        await analytics.DeliverAsync(Happened.Enhanced(org, "2026-03-01T22:30:00-05:00", degraded: true, totalMs: 4));
        await analytics.DeliverAsync(Happened.Enhanced(org, "2026-03-02T00:00:00Z", totalMs: 8));

        var days = await analytics.UsageAsync(org, "2026-03-01", "2026-03-02");

        Assert.That(days.Select(d => (d.Day, d.Enhancements, d.Degraded, d.TokensBefore, d.TokensAfter, d.MeanTotalMs)), Is.EqualTo(new[]
        {
            ("2026-03-01", 1, 0, 10d, 50d, 2d),
            ("2026-03-02", 2, 1, 20d, 100d, 6d),
        }));
    }

    [Test]
    public async Task Enhancement_DeliveredManyTimesAtOnce_CountsOnce()
    {
        var org = Guid.NewGuid();
        var events = Enumerable.Range(0, 20).Select(_ => Happened.Enhanced(org, "2026-03-01T10:00:00Z")).ToList();

        await Task.WhenAll(events.SelectMany(e => Enumerable.Repeat(e, 4)).Select(analytics.DeliverAsync));

        Assert.That((await analytics.UsageAsync(org, "2026-03-01", "2026-03-01")).Single().Enhancements, Is.EqualTo(20));
    }

    [Test]
    public async Task Figures_OfAnotherOrganisation_AreNotSeen()
    {
        await analytics.DeliverAsync(Happened.Enhanced(Guid.NewGuid(), "2026-03-01T10:00:00Z"));

        Assert.That((await analytics.UsageAsync(Guid.NewGuid(), "2026-03-01", "2026-03-01")).Single().Enhancements, Is.Zero);
    }
}

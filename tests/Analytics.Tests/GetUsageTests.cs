using System.Net;

namespace PromptPlatform.Analytics.Tests;

public sealed class GetUsageTests
{
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [TestCase("", "", "2026-02-08", "2026-03-10", 31)]
    [TestCase("2026-03-09", "", "2026-03-09", "2026-03-10", 2)]
    [TestCase("", "2024-03-01", "2024-01-31", "2024-03-01", 31)]
    [TestCase("2024-01-01", "2024-12-31", "2024-01-01", "2024-12-31", 366)]
    [TestCase("9998-12-31", "9998-12-31", "9998-12-31", "9998-12-31", 1)]
    public async Task GetUsage_ListsEveryDayOfTheRange(string from, string to, string first, string last, int count)
    {
        var days = await analytics.UsageAsync(Guid.NewGuid(), from, to);

        Assert.That((days[0].Day, days[^1].Day, days.Count), Is.EqualTo((first, last, count)));
        Assert.That(days.Select(d => d.Day), Is.Ordered.And.Unique);
    }

    [TestCase("from=2026-02-30", "from")]
    [TestCase("from=1999-12-31", "from")]
    [TestCase("from=9999-12-31&to=9999-12-31", "to")]
    [TestCase("from=01/02/2026", "from")]
    [TestCase("to=2026-3-1", "to")]
    [TestCase("to=tomorrow", "to")]
    [TestCase("from=2026-03-11", "from")]
    [TestCase("from=2026-03-02&to=2026-03-01", "from")]
    [TestCase("from=2025-03-09&to=2026-03-10", "from")]
    public async Task GetUsage_OfAWrongRange_Is400AndNamesTheParameter(string query, string field)
    {
        var (status, json) = await analytics.RestAsync(Guid.NewGuid(), "/v1/analytics/usage?" + query);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(json.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/" + field));
    }

    [Test]
    public async Task GetUsage_AnswersInThePublicForm()
    {
        var org = Guid.NewGuid();
        await analytics.DeliverAsync(Happened.Enhanced(org, "2026-03-01T10:00:00Z"));

        var (status, json) = await analytics.RestAsync(org, "/v1/analytics/usage?from=2026-03-01&to=2026-03-01");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        var day = json.GetProperty("data")[0];
        Assert.That(day.GetProperty("day").GetString(), Is.EqualTo("2026-03-01"));
        Assert.That(day.GetProperty("enhancements").GetInt32(), Is.EqualTo(1));
        Assert.That(day.GetProperty("meanTotalMs").GetDouble(), Is.EqualTo(4));
    }
}

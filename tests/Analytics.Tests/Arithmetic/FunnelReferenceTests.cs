using System.Text.Json;
using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Funnels;

namespace PromptPlatform.Analytics.Tests.Arithmetic;

public sealed class FunnelReferenceTests
{
    [TestCaseSource(nameof(Cases))]
    public void Funnel_GivesThePublishedFigures(JsonElement published)
    {
        var figures = Funnel(published).Figures(Deeds(published));

        Assert.That(figures.Select(f => (double)f.Actors), Is.EqualTo(published.Numbers("expect_counts")));
        if (published.Numbers("expect_avg_s") is { } averages)
            Assert.That(figures.Select(f => f.AverageSeconds), Is.EqualTo(averages));
        if (published.Numbers("expect_median_s") is { } medians)
            Assert.That(figures.Select(f => f.MedianSeconds), Is.EqualTo(medians));
    }

    // fun-trend-tz
    [TestCase("UTC", 4)]
    [TestCase("America/Los_Angeles", 3)]
    public void Trend_CountsAnAttemptInTheLocalMonthOfItsFirstStep(string zone, int month)
    {
        var trend = new FunnelTrend(TimeBuckets.Covering(
            CalendarPeriod.Month, new(2020, 1, 15, 0, 0, 0, TimeSpan.Zero), new(2020, 7, 15, 0, 0, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById(zone), limit: 100));

        trend.Add(new(2020, 5, 1, 0, 0, 0, TimeSpan.Zero), completed: true);

        var rows = trend.Rows();
        Assert.That(rows, Has.Count.EqualTo(7));
        Assert.That(rows.Select(r => (r.Entered, r.Completed, r.Rate)), Is.EqualTo(Enumerable.Range(0, 7).Select(i => i == month ? (1L, 1L, 1d) : (0L, 0L, 0d))));
    }

    private static IEnumerable<TestCaseData> Cases() => ReferenceCases.WithFigures("funnels");

    private static FunnelCase Funnel(JsonElement published)
    {
        string[] steps = [.. published.GetProperty("steps").EnumerateArray().Select(s => s.GetString()!)];
        var exclusions = published.TryGetProperty("exclusions", out var list)
            ? list.EnumerateArray().Select(e => new Excluded(e.GetProperty("event").GetString()!, Number(e, "from", 0), Number(e, "to", steps.Length - 1)))
            : [];
        return new FunnelCase(steps, Enum.Parse<FunnelOrder>(published.GetProperty("order").GetString()!, ignoreCase: true), published.GetProperty("window_s").GetInt64(), [.. exclusions]);
    }

    private static int Number(JsonElement exclusion, string name, int missing) => exclusion.TryGetProperty(name, out var number) ? number.GetInt32() : missing;

    private static IEnumerable<Deed> Deeds(JsonElement published) => published.GetProperty("actors").EnumerateObject()
        .SelectMany(actor => actor.Value.EnumerateArray().Select(e => (Actor: actor.Name, Name: e[0].GetString()!, Second: e[1].GetInt64())))
        .Select((e, i) => new Deed(i, e.Actor, e.Name, e.Second));
}

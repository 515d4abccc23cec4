using System.Globalization;
using PromptPlatform.Analytics.Calendar;

namespace PromptPlatform.Analytics.Tests.Arithmetic;

public sealed class TimeBucketsTests
{
    [TestCase(nameof(CalendarPeriod.Day), "America/Sao_Paulo", "2017-10-15T12:00:00Z", "2017-10-15T03:00:00Z", "2017-10-16T02:00:00Z", TestName = "Day_ThatHasNoMidnight_BeginsAtItsFirstMoment")]
    [TestCase(nameof(CalendarPeriod.Day), "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", TestName = "Day_OnWhichClocksGoForward_Has23Hours")]
    [TestCase(nameof(CalendarPeriod.Day), "Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", TestName = "Day_OnWhichClocksGoBack_Has25Hours")]
    [TestCase(nameof(CalendarPeriod.Day), "America/Havana", "2026-11-01T12:00:00Z", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", TestName = "Day_ThatHasTwoMidnights_BeginsAtTheEarlier")]
    [TestCase(nameof(CalendarPeriod.Hour), "Asia/Kolkata", "2026-03-01T00:15:00Z", "2026-02-28T23:30:00Z", "2026-03-01T00:30:00Z", TestName = "Hour_IsThatOfTheZone")]
    [TestCase(nameof(CalendarPeriod.Week), "UTC", "2026-03-01T23:59:59Z", "2026-02-23T00:00:00Z", "2026-03-02T00:00:00Z", TestName = "Week_BeginsOnMonday")]
    [TestCase(nameof(CalendarPeriod.Month), "Pacific/Auckland", "2024-02-29T12:00:00Z", "2024-02-29T11:00:00Z", "2024-03-31T11:00:00Z", TestName = "Month_IsThatOfTheZone")]
    public void Interval_OfAMoment(string period, string zone, string moment, string from, string to)
    {
        var buckets = TimeBuckets.Ending(Enum.Parse<CalendarPeriod>(period), 1, At(moment), TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.That(buckets.Bounds, Is.EqualTo(new[] { At(from), At(to) }));
    }

    [Test]
    public void IndexOf_IsTheIntervalThatContainsTheMoment()
    {
        var days = TimeBuckets.Covering(CalendarPeriod.Day, At("2026-03-01T10:00:00Z"), At("2026-03-03T00:00:00Z"), TimeZoneInfo.Utc, limit: 10);

        Assert.That(days.Count, Is.EqualTo(3));
        Assert.That(new[] { "2026-02-28T23:59:59Z", "2026-03-01T00:00:00Z", "2026-03-02T23:59:59Z", "2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z" }.Select(t => days.IndexOf(At(t))), Is.EqualTo(new[] { -1, 0, 1, 2, -1 }));
    }

    [Test]
    public void Covering_StopsBehindTheLimit()
    {
        var hours = TimeBuckets.Covering(CalendarPeriod.Hour, At("1990-01-01T00:00:00Z"), At("2026-01-01T00:00:00Z"), TimeZoneInfo.Utc, limit: 100);

        Assert.That(hours.Count, Is.EqualTo(101));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

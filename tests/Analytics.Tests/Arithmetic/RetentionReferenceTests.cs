using System.Globalization;
using System.Text.Json;
using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Retention;

namespace PromptPlatform.Analytics.Tests.Arithmetic;

public sealed class RetentionReferenceTests
{
    [TestCaseSource(nameof(Cases))]
    public void Retention_GivesThePublishedTable(JsonElement published)
    {
        int intervals = published.GetProperty("intervals").GetInt32();
        var period = Enum.Parse<CalendarPeriod>(published.GetProperty("period").GetString()!, ignoreCase: true);
        var buckets = TimeBuckets.Ending(period, intervals, At(published.GetProperty("date_to")), TimeZoneInfo.Utc);

        var cells = RetentionTable.Cells(Masks(published, buckets), intervals, published.TryGetProperty("cumulative", out var rolling) && rolling.GetBoolean());

        Assert.That(buckets.Bounds[0], Is.EqualTo(At(published.GetProperty("first_interval"))));
        Assert.That(cells, Is.EqualTo(published.GetProperty("expect").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetInt64()).ToArray())));
    }

    private static IEnumerable<TestCaseData> Cases() => ReferenceCases.WithFigures("retention");

    private static List<ActivityMask> Masks(JsonElement published, TimeBuckets buckets) =>
    [
        .. published.GetProperty("events").EnumerateArray()
            .Select(e => (Actor: e[0].GetString(), Interval: buckets.IndexOf(At(e[1]))))
            .Where(e => e.Interval >= 0)
            .GroupBy(e => e.Actor, (_, events) => events.Aggregate(0UL, (mask, e) => mask | (1UL << e.Interval)))
            .Select(mask => new ActivityMask(mask, mask, 1)),
    ];

    private static DateTimeOffset At(JsonElement text) => DateTimeOffset.Parse(text.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

using PromptPlatform.Analytics.Usage;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Analytics.Calendar;

/// <summary>Reads what a question says about time.</summary>
internal static class CalendarReading
{
    /// <summary>A time zone by its IANA name; empty is UTC.</summary>
    public static TimeZoneInfo Zone(string name)
    {
        if (name.Length == 0)
            return TimeZoneInfo.Utc;
        return name.Length <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw RequestException.Invalid("timeZone", "is not a time zone; send an IANA name such as Europe/Berlin");
    }

    /// <summary>A period by its name; empty is a day.</summary>
    public static CalendarPeriod Period(string name) => name switch
    {
        "" or "day" => CalendarPeriod.Day,
        "hour" => CalendarPeriod.Hour,
        "week" => CalendarPeriod.Week,
        "month" => CalendarPeriod.Month,
        _ => throw RequestException.Invalid("period", "must be hour, day, week or month"),
    };

    /// <summary>The intervals of the days from and to, both whole, of the zone's calendar; at most <paramref name="limit"/>.</summary>
    public static TimeBuckets Buckets(string from, string to, string timeZone, string period, DateTimeOffset now, int limit)
    {
        var zone = Zone(timeZone);
        var days = UsageDays.Of(from, to, Today(now, zone));
        var buckets = TimeBuckets.Covering(Period(period), TimeBuckets.Midnight(days.From, zone), TimeBuckets.Midnight(days.To.AddDays(1), zone).AddTicks(-1), zone, limit);
        return buckets.Count <= limit ? buckets : throw RequestException.Invalid("period", $"makes more than {limit} intervals; choose a longer period or fewer days");
    }

    /// <summary>The day of a moment in a time zone.</summary>
    public static DateOnly Today(DateTimeOffset now, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
}

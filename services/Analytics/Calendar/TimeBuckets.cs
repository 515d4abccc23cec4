namespace PromptPlatform.Analytics.Calendar;

/// <summary>Consecutive intervals of a time zone's calendar. Interval i runs from bound i, included, to bound i + 1, excluded.</summary>
internal sealed record TimeBuckets(IReadOnlyList<DateTimeOffset> Bounds)
{
    /// <summary>How many intervals.</summary>
    public int Count => Bounds.Count - 1;

    /// <summary>The intervals from the one that contains <paramref name="from"/> to the one that contains <paramref name="to"/>, both whole; one more than <paramref name="limit"/> when there are more.</summary>
    public static TimeBuckets Covering(CalendarPeriod period, DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone, int limit)
    {
        var bounds = new List<DateTimeOffset> { Start(period, from, zone) };
        while (bounds[^1] <= to && bounds.Count <= limit + 1)
            bounds.Add(Step(period, bounds[^1], 1, zone));
        return new TimeBuckets(bounds);
    }

    /// <summary>So many intervals, the last of which contains <paramref name="to"/> and is taken whole.</summary>
    public static TimeBuckets Ending(CalendarPeriod period, int count, DateTimeOffset to, TimeZoneInfo zone)
    {
        var last = Start(period, to, zone);
        return new TimeBuckets([.. Enumerable.Range(1 - count, count + 1).Select(steps => Step(period, last, steps, zone))]);
    }

    /// <summary>The interval of a moment; -1 when it is in none.</summary>
    public int IndexOf(DateTimeOffset at)
    {
        int low = 0, high = Bounds.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Bounds[middle] <= at)
                low = middle + 1;
            else
                high = middle;
        }
        return low == Bounds.Count ? -1 : low - 1;
    }

    /// <summary>The first moment of a day: where clocks skip midnight the first after it, where they repeat it the earlier one.</summary>
    public static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static DateTimeOffset Start(CalendarPeriod period, DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var day = DateOnly.FromDateTime(local.DateTime);
        return period switch
        {
            // An hour of the day on which clocks are turned back is not an hour of the calendar: it happens twice.
            CalendarPeriod.Hour => at.ToUniversalTime() - new TimeSpan(0, 0, local.Minute, local.Second) - new TimeSpan(local.Ticks % TimeSpan.TicksPerSecond),
            CalendarPeriod.Day => Midnight(day, zone),
            CalendarPeriod.Week => Midnight(day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), zone),
            CalendarPeriod.Month => Midnight(new DateOnly(day.Year, day.Month, 1), zone),
            _ => throw new ArgumentOutOfRangeException(nameof(period)),
        };
    }

    private static DateTimeOffset Step(CalendarPeriod period, DateTimeOffset start, int steps, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, zone).DateTime);
        return period switch
        {
            CalendarPeriod.Hour => start.AddHours(steps),
            CalendarPeriod.Day => Midnight(day.AddDays(steps), zone),
            CalendarPeriod.Week => Midnight(day.AddDays(7 * steps), zone),
            CalendarPeriod.Month => Midnight(day.AddMonths(steps), zone),
            _ => throw new ArgumentOutOfRangeException(nameof(period)),
        };
    }
}

namespace PromptPlatform.Analytics.Calendar;

/// <summary>The length of an interval on the calendar of a time zone.</summary>
internal enum CalendarPeriod
{
    /// <summary>An hour.</summary>
    Hour,

    /// <summary>From midnight to midnight: 23 to 25 hours.</summary>
    Day,

    /// <summary>From Monday to Sunday.</summary>
    Week,

    /// <summary>From the first to the last day of the month.</summary>
    Month,
}

using System.Globalization;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Analytics.Usage;

/// <summary>A range of days, both ends included.</summary>
internal sealed record UsageDays(DateOnly From, DateOnly To)
{
    /// <summary>The longest range.</summary>
    public const int MaxDays = 366;

    private const int DefaultDaysBack = 30;
    private const string Form = "yyyy-MM-dd";
    private static readonly DateOnly s_first = new(2000, 1, 1);

    // The very last date of .NET means "infinity" to the database, and a series up to it would never end.
    private static readonly DateOnly s_last = new(9998, 12, 31);

    /// <summary>Reads a range. Empty <paramref name="to"/> is today, empty <paramref name="from"/> 30 days before the end.</summary>
    public static UsageDays Of(string from, string to, DateOnly today)
    {
        var last = Read("to", to) ?? today;
        var first = Read("from", from) ?? last.AddDays(-DefaultDaysBack);
        if (first > last)
            throw RequestException.Invalid("from", $"{Write(first)} is after {Write(last)}, the last day; swap them");
        int days = last.DayNumber - first.DayNumber + 1;
        return days <= MaxDays ? new UsageDays(first, last) : throw RequestException.Invalid("from", $"makes a range of {days} days; ask for at most {MaxDays} at once");
    }

    /// <summary>The UTC day of a moment.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    /// <summary>A day as the API shows it.</summary>
    public static string Write(DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Reads a day; null when the text is empty.</summary>
    public static DateOnly? Read(string field, string text)
    {
        if (text.Length == 0)
            return null;
        return DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= s_first && day <= s_last
            ? day
            : throw RequestException.Invalid(field, "is not a day from 2000-01-01 to 9998-12-31; write YYYY-MM-DD");
    }
}

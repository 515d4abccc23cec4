using System.Globalization;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Billing.Usage;

/// <summary>A calendar month in UTC.</summary>
/// <param name="First">Its first day.</param>
internal sealed record BillingMonth(DateOnly First)
{
    private const string Form = "yyyy-MM";

    /// <summary>The first day of the month after.</summary>
    public DateOnly End => First.AddMonths(1);

    /// <summary>Reads a month from 2000-01 to 9998-12; empty is the month of <paramref name="now"/>.</summary>
    public static BillingMonth Of(string text, DateTimeOffset now)
    {
        if (text.Length == 0)
            return new BillingMonth(new DateOnly(now.UtcDateTime.Year, now.UtcDateTime.Month, 1));
        return DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year is >= 2000 and <= 9998
            ? new BillingMonth(first)
            : throw RequestException.Invalid("month", "is not a month from 2000-01 on; write YYYY-MM");
    }

    /// <inheritdoc/>
    public override string ToString() => First.ToString(Form, CultureInfo.InvariantCulture);
}

namespace PromptPlatform.Analytics.Usage;

/// <summary>A rating of an enhancement.</summary>
/// <param name="Value">up, down or empty.</param>
/// <param name="At">When it was given.</param>
/// <param name="EventId">The event that told of it.</param>
internal sealed record Rating(string Value, DateTimeOffset At, Guid EventId)
{
    /// <summary>Whether this one replaces the other. Of two at the same time the greater event id wins, so that the order of arrival does not matter.</summary>
    public bool IsNewerThan(Rating other) => (At, EventId).CompareTo((other.At, other.EventId)) > 0;
}

/// <summary>What ratings add to the feedback of a day; less than zero takes back.</summary>
internal sealed record RatingChange(DateOnly Day, int Up, int Down)
{
    /// <summary>The changes by day, in order of days so that concurrent ones lock rows in one order.</summary>
    public static IReadOnlyList<RatingChange> Between(Rating? replaced, Rating given) =>
    [
        .. new[] { Of(replaced, -1), Of(given, 1) }
            .OfType<RatingChange>()
            .GroupBy(c => c.Day)
            .Select(g => new RatingChange(g.Key, g.Sum(c => c.Up), g.Sum(c => c.Down)))
            .Where(c => c.Up != 0 || c.Down != 0)
            .OrderBy(c => c.Day),
    ];

    private static RatingChange? Of(Rating? rating, int sign) => rating?.Value switch
    {
        "up" => new RatingChange(UsageDays.DayOf(rating.At), sign, 0),
        "down" => new RatingChange(UsageDays.DayOf(rating.At), 0, sign),
        _ => null,
    };
}

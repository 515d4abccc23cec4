namespace PromptPlatform.Analytics.Retention;

/// <summary>Actors that were active in the same intervals; bit i is interval i.</summary>
/// <param name="Began">Intervals in which they did what puts them into a cohort.</param>
/// <param name="Returned">Intervals in which they did what counts as coming back.</param>
/// <param name="Actors">How many they are.</param>
internal readonly record struct ActivityMask(ulong Began, ulong Returned, long Actors)
{
    /// <summary>The most intervals that a mask holds.</summary>
    public const int MaxIntervals = 62;
}

namespace PromptPlatform.Analytics.Experiments.Statistics;

/// <summary>An interval that holds at every look, with the estimate in its middle.</summary>
internal readonly record struct Interval(double Value, double Low, double High)
{
    /// <summary>Units of an arm below which nothing is said: the intervals rest on sums being nearly normal.</summary>
    public const int FewestUnits = 100;

    /// <summary>The metric of an arm; null while too few units were seen.</summary>
    public static Interval? Of(ArmSums arm, double scale, double alpha) => IsEnough(arm) ? Around(arm.Ratio, arm.Variance, scale, alpha) : null;

    /// <summary>Whether an arm has enough units to be read.</summary>
    public static bool IsEnough(ArmSums arm) => arm.Units >= FewestUnits;

    /// <summary>An interval around an estimate.</summary>
    public static Interval Around(double value, double variance, double scale, double alpha)
    {
        double half = ConfidenceSequence.HalfWidth(variance, scale, alpha);
        return new(value, value - half, value + half);
    }
}

namespace PromptPlatform.Analytics.Experiments.Statistics;

/// <summary>What an arm's metric differs from the control's.</summary>
/// <param name="Difference">The arm less the control.</param>
/// <param name="PValue">Holds at every look, for "no difference".</param>
internal readonly record struct Comparison(Interval Difference, double PValue)
{
    /// <summary>Compares; null while either has too few units.</summary>
    /// <param name="control">The arm to compare with.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="scale">The difference that matters.</param>
    /// <param name="alpha">Probability that the interval is ever wrong.</param>
    public static Comparison? Of(ArmSums control, ArmSums arm, double scale, double alpha)
    {
        if (!Interval.IsEnough(control) || !Interval.IsEnough(arm))
            return null;
        double difference = arm.Ratio - control.Ratio, variance = arm.Variance + control.Variance;
        return new(Interval.Around(difference, variance, scale, alpha), ConfidenceSequence.PValue(difference, variance, scale));
    }
}

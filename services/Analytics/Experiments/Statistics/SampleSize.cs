namespace PromptPlatform.Analytics.Experiments.Statistics;

/// <summary>How many units an arm needs so that an effect is seen. Two arms of equal size.</summary>
internal static class SampleSize
{
    /// <summary>
    /// Units per arm of a test of two shares that looks once, at the end: two-sided, normal approximation, variance under the null pooled
    /// (Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", section 4.1, without continuity correction; what power.prop.test of R does).
    /// </summary>
    public static double OfShares(double baseline, double effect, double alpha, double power)
    {
        double other = baseline + effect, mean = (baseline + other) / 2;
        double root = Normal.Quantile(1 - alpha / 2) * Math.Sqrt(2 * mean * (1 - mean))
            + Normal.Quantile(power) * Math.Sqrt(baseline * (1 - baseline) + other * (1 - other));
        return root * root / (effect * effect);
    }

    /// <summary>Units per arm of a test of two means that looks once, at the end: two-sided, normal approximation.</summary>
    public static double OfMeans(double deviation, double effect, double alpha, double power)
    {
        double root = (Normal.Quantile(1 - alpha / 2) + Normal.Quantile(power)) * deviation / effect;
        return 2 * root * root;
    }

    /// <summary>
    /// Units per arm after which a look at <see cref="ConfidenceSequence"/>, tuned to the effect, sees it with this power. Most experiments with that
    /// effect end earlier, since every look counts; these are the units to be ready for.
    /// </summary>
    /// <param name="variance">Of the difference, times the units per arm.</param>
    /// <param name="effect">Of the difference.</param>
    public static double Sequential(double variance, double effect, double alpha, double power)
    {
        double slack = Normal.Quantile(power);
        // What is needed falls with the units; the ratio of the ends bounds the search.
        double few = variance / (effect * effect), many = few * 10_000;
        for (int i = 0; i < 200; i++)
        {
            double middle = Math.Sqrt(few * many), v = variance / middle;
            if (ConfidenceSequence.HalfWidth(v, Math.Abs(effect), alpha) + slack * Math.Sqrt(v) > Math.Abs(effect))
                few = middle;
            else
                many = middle;
        }
        return many;
    }
}

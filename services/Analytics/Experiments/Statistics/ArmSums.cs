namespace PromptPlatform.Analytics.Experiments.Statistics;

/// <summary>
/// What an arm has seen of one metric, summed over its units. A unit (a person, a key) may come back often: y is the sum of the metric over all its
/// enhancements, n the number of enhancements of which the metric is known.
/// </summary>
/// <param name="Units">Units with n above 0.</param>
/// <param name="Y">Sum of y.</param>
/// <param name="N">Sum of n.</param>
/// <param name="YY">Sum of y squared.</param>
/// <param name="NN">Sum of n squared.</param>
/// <param name="YN">Sum of y times n.</param>
internal readonly record struct ArmSums(long Units, double Y, double N, double YY, double NN, double YN)
{
    /// <summary>The metric: y per enhancement. NaN while nothing is known.</summary>
    public double Ratio => Y / N;

    /// <summary>
    /// Variance of <see cref="Ratio"/> when units are the sample, by the delta method (Deng, Knoblich and Lu, "Applying the Delta Method in Metric
    /// Analytics", KDD 2018, section 3): enhancements of one unit are alike, and taking each for a sample of its own would make it too small.
    /// NaN below two units.
    /// </summary>
    public double Variance
    {
        get
        {
            if (Units < 2)
                return double.NaN;
            // y - ratio * n sums to zero over the units, so its squares need no mean taken off. Rounding may leave less than nothing of equal units.
            double squares = Math.Max(0, YY - 2 * Ratio * YN + Ratio * Ratio * NN);
            return squares / (N * N) * Units / (Units - 1);
        }
    }

    /// <summary>With one more unit.</summary>
    public ArmSums With(double y, double n) => n == 0 ? this : new(Units + 1, Y + y, N + n, YY + y * y, NN + n * n, YN + y * n);
}

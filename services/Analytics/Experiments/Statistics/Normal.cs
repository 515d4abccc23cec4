namespace PromptPlatform.Analytics.Experiments.Statistics;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>Probability of a value up to <paramref name="x"/>; error below 1e-14 (Hart's approximation as given by G. West, "Better approximations to cumulative normal functions", Wilmott 2005).</summary>
    public static double Cdf(double x)
    {
        double distance = Math.Abs(x);
        double tail = distance > 37 ? 0 : distance < 7.07106781186547 ? Near(distance) : Far(distance);
        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>The value that a share of <paramref name="probability"/>, above 0 and below 1, does not exceed.</summary>
    public static double Quantile(double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        // The upper half by symmetry, where halving the range loses digits.
        return probability > 0.5 ? -Lower(1 - probability) : Lower(probability);
    }

    private static double Lower(double probability)
    {
        double low = -38, high = 0.1;
        for (int i = 0; i < 100 && high - low > 1e-15; i++)
        {
            double middle = (low + high) / 2;
            if (Cdf(middle) < probability)
                low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }

    private static double Near(double x)
    {
        double top = 3.52624965998911e-2 * x + 0.700383064443688;
        foreach (double next in (ReadOnlySpan<double>)[6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376])
            top = top * x + next;
        double bottom = 8.83883476483184e-2 * x + 1.75566716318264;
        foreach (double next in (ReadOnlySpan<double>)[16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752])
            bottom = bottom * x + next;
        return Math.Exp(-x * x / 2) * top / bottom;
    }

    private static double Far(double x) => Math.Exp(-x * x / 2) / (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) / 2.506628274631;
}

namespace PromptPlatform.Analytics.Facts;

/// <summary>So many of so many.</summary>
internal readonly record struct Proportion(long Hits, long Of)
{
    /// <summary>The share, 0 to 1; NaN of nothing.</summary>
    public double Rate => (double)Hits / Of;

    /// <summary>Those that are not among <paramref name="part"/>.</summary>
    public Proportion Without(Proportion part) => new(Hits - part.Hits, Of - part.Of);

    /// <summary>
    /// The score interval of E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927); unlike the
    /// normal one it stays in 0 to 1 and says something of 0 of n too.
    /// </summary>
    /// <param name="z">Quantile of the normal distribution, 1.96 for a confidence of 0.95.</param>
    public (double Low, double High) Interval(double z)
    {
        double n = Of, square = z * z;
        double centre = (Hits + square / 2) / (n + square);
        double half = z / (n + square) * Math.Sqrt(Rate * (1 - Rate) * n + square / 4);
        return (Hits == 0 ? 0 : centre - half, Hits == Of ? 1 : centre + half);
    }

    /// <summary>
    /// The interval of the difference of two independent shares, this minus the other: method 10 of R. G. Newcombe, "Interval estimation for the
    /// difference between independent proportions", Statistics in Medicine 17 (1998), made of the two Wilson intervals.
    /// </summary>
    public (double Low, double High) DifferenceInterval(Proportion other, double z)
    {
        var (low, high) = Interval(z);
        var (otherLow, otherHigh) = other.Interval(z);
        double difference = Rate - other.Rate;
        return (difference - Math.Sqrt(Square(Rate - low) + Square(otherHigh - other.Rate)), difference + Math.Sqrt(Square(high - Rate) + Square(other.Rate - otherLow)));
    }

    private static double Square(double x) => x * x;
}

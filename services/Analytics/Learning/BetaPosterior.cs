namespace PromptPlatform.Analytics.Learning;

/// <summary>What is believed of a share between 0 and 1: a Beta distribution.</summary>
/// <param name="Alpha">Pseudo-counts of successes, above 0.</param>
/// <param name="Beta">Pseudo-counts of failures, above 0.</param>
internal readonly record struct BetaPosterior(double Alpha, double Beta)
{
    private const double Tail = 0.025;

    /// <summary>The belief of this mean that weighs as much as so many outcomes.</summary>
    public static BetaPosterior Of(double mean, double weight) => new(mean * weight, (1 - mean) * weight);

    /// <summary>Its mean.</summary>
    public double Mean => Alpha / (Alpha + Beta);

    /// <summary>As many outcomes as it weighs.</summary>
    public double Weight => Alpha + Beta;

    /// <summary>Lower end of the central interval that holds the share with 95 %.</summary>
    public double Lower => BetaFunction.Quantile(Tail, Alpha, Beta);

    /// <summary>Upper end of it.</summary>
    public double Upper => BetaFunction.Quantile(1 - Tail, Alpha, Beta);

    /// <summary>The belief after outcomes were seen (Beta and binomial are conjugate).</summary>
    public BetaPosterior After(Credit seen) => new(Alpha + seen.Successes, Beta + seen.Outcomes - seen.Successes);
}

/// <summary>Outcomes that speak for a technique: shares of enhancements, so not whole numbers.</summary>
/// <param name="Outcomes">How many.</param>
/// <param name="Successes">How much of them was success, 0 to <paramref name="Outcomes"/>.</param>
internal readonly record struct Credit(double Outcomes, double Successes)
{
    /// <summary>Adds the share of one enhancement: its reward, 0 to 1, parted evenly among the techniques that it applied.</summary>
    public Credit And(double reward, int techniques) => new(Outcomes + 1.0 / techniques, Successes + reward / techniques);

    public static Credit operator +(Credit one, Credit other) => new(one.Outcomes + other.Outcomes, one.Successes + other.Successes);
}

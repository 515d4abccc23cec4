namespace PromptPlatform.Analytics.Experiments.Statistics;

/// <summary>
/// Intervals and p-values that hold at every moment at once, however often somebody looks and whenever he stops: the normal mixture sequential probability
/// ratio test (Johari, Pekelis and Walsh, "Always Valid Inference", arXiv 1512.04922), inverted; for estimates that are only nearly normal it is the
/// asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (arXiv 2103.06476, theorem 2.2).
/// </summary>
/// <remarks>
/// For an estimate of variance v the evidence against "no effect" is the average of its likelihood ratios over effects drawn from N(0, scale²); it exceeds
/// 1/alpha ever with probability alpha. In their notation tρ² is scale²/v. The scale is fixed before the first look; the interval is narrowest where
/// scale²/v is about 8, which is where a test of fixed size with 80 % power would end when the scale is the effect that it is made for.
/// </remarks>
internal static class ConfidenceSequence
{
    /// <summary>Half of the interval's width.</summary>
    /// <param name="variance">Of the estimate, at least 0.</param>
    /// <param name="scale">Of the effects that matter, above 0; in the unit of the estimate.</param>
    /// <param name="alpha">Probability that the interval is ever wrong, above 0 and below 1.</param>
    public static double HalfWidth(double variance, double scale, double alpha)
    {
        double mixed = variance + scale * scale;
        return variance == 0 ? 0 : Math.Sqrt(variance * mixed / (scale * scale) * (Math.Log(mixed / variance) - 2 * Math.Log(alpha)));
    }

    /// <summary>The smallest alpha at which the interval leaves zero out; at most 1.</summary>
    public static double PValue(double estimate, double variance, double scale)
    {
        if (variance == 0)
            return estimate == 0 ? 1 : 0;
        double mixed = variance + scale * scale;
        double evidence = (Math.Log(variance / mixed) + scale * scale / mixed * estimate * estimate / variance) / 2;
        return Math.Min(1, Math.Exp(-evidence));
    }
}

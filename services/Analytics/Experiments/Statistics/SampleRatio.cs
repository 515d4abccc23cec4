namespace PromptPlatform.Analytics.Experiments.Statistics;

/// <summary>
/// Whether the arms got units in the shares that they should: the sequential multinomial test of Lindon and Malek, "Anytime-Valid Inference for Multinomial
/// Count Data" (arXiv 2011.03567). Its p-value holds at every look at once, so that an alarm of a check that runs every minute means something.
/// </summary>
internal static class SampleRatio
{
    /// <summary>Below it an experiment's figures are not to be trusted.</summary>
    public const double Alarm = 0.001;

    // How sure the alternative is to lie near the intended shares: as sure as after this many units. Small deviations are what goes wrong.
    private const double Concentration = 1_000;

    /// <summary>The probability of ever seeing counts as odd as these, at most 1.</summary>
    /// <param name="units">Per arm.</param>
    /// <param name="shares">Intended, above 0, in the same order, adding up to 1.</param>
    public static double PValue(IReadOnlyList<long> units, IReadOnlyList<double> shares)
    {
        double evidence = LogGamma(Concentration) - LogGamma(Concentration + units.Sum());
        for (int i = 0; i < units.Count; i++)
        {
            double prior = Concentration * shares[i];
            evidence += LogGamma(prior + units[i]) - LogGamma(prior) - units[i] * Math.Log(shares[i]);
        }
        return Math.Min(1, Math.Exp(-evidence));
    }

    // Lanczos, g = 7, 9 terms; relative error about 1e-15.
    private static double LogGamma(double x)
    {
        if (x < 0.5)
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        ReadOnlySpan<double> terms =
        [
            676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
            12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
        ];
        double sum = 0.99999999999980993;
        for (int i = 0; i < terms.Length; i++)
            sum += terms[i] / (x + i);
        double t = x + 6.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}

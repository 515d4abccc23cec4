namespace PromptPlatform.Enhancement.Learning;

/// <summary>Draws from Beta distributions: the dice of Thompson sampling.</summary>
internal static class PosteriorDraw
{
    /// <summary>A share between 0 and 1, drawn from Beta(<paramref name="alpha"/>, <paramref name="beta"/>); both above 0.</summary>
    public static double Of(double alpha, double beta, ref SeededChance chance)
    {
        double successes = Gamma(alpha, ref chance), failures = Gamma(beta, ref chance);
        return successes / (successes + failures);
    }

    // Marsaglia and Tsang, ACM Transactions on Mathematical Software 26, 2000, 363-372; below shape 1 with their boost.
    private static double Gamma(double shape, ref SeededChance chance)
    {
        if (shape < 1)
            return Gamma(shape + 1, ref chance) * Math.Pow(chance.Next(), 1 / shape);
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = chance.NextNormal(), v = 1 + c * x;
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(chance.Next()) < 0.5 * x * x + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }
}

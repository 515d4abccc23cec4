namespace PromptPlatform.Analytics.Learning;

/// <summary>The distribution function of Beta distributions and its inverse.</summary>
/// <remarks>Continued fraction of Lentz and Lanczos' approximation as in Press et al., Numerical Recipes, 3rd edition, 6.1 and 6.4.</remarks>
internal static class BetaFunction
{
    private const double Accuracy = 1e-14;
    private const double Tiny = 1e-300;
    private const int MaxSteps = 10_000;
    private const int MaxHalvings = 100;

    private static readonly double[] s_lanczos =
    [
        676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>The probability of a value up to <paramref name="x"/>: the regularised incomplete beta function.</summary>
    public static double Cumulative(double x, double a, double b)
    {
        if (x <= 0 || x >= 1)
            return x <= 0 ? 0 : 1;
        double front = Math.Exp(LogDensity(x, a, b) + Math.Log(x) + Math.Log(1 - x));
        // The fraction converges fast only below the mean; beyond it the mirrored distribution is asked.
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - front * Fraction(1 - x, b, a) / b;
    }

    /// <summary>The value below which lies the share <paramref name="probability"/>: Newton's steps, halving where one leaves the bracket.</summary>
    public static double Quantile(double probability, double a, double b)
    {
        double low = 0, high = 1, x = a / (a + b);
        for (int i = 0; i < MaxHalvings; i++)
        {
            double error = Cumulative(x, a, b) - probability;
            if (error > 0)
                high = x;
            else
                low = x;
            double step = error / Math.Exp(LogDensity(x, a, b));
            if (Math.Abs(error) < Accuracy || Math.Abs(step) < Accuracy * x)
                break;
            x = x - step > low && x - step < high ? x - step : (low + high) / 2;
        }
        return x;
    }

    private static double LogDensity(double x, double a, double b) =>
        (a - 1) * Math.Log(x) + (b - 1) * Math.Log(1 - x) + LogGamma(a + b) - LogGamma(a) - LogGamma(b);

    private static double Fraction(double x, double a, double b)
    {
        double c = 1, d = 1 / Away(1 - (a + b) * x / (a + 1)), result = d;
        for (int m = 1; m < MaxSteps; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / Away(1 + even * d);
            c = Away(1 + even / c);
            result *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / Away(1 + odd * d);
            c = Away(1 + odd / c);
            result *= d * c;
            if (Math.Abs(d * c - 1) < Accuracy)
                break;
        }
        return result;
    }

    private static double Away(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    private static double LogGamma(double x)
    {
        // Lanczos' sum is exact enough from one half on; below, the reflection is asked.
        if (x < 0.5)
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        double sum = 0.99999999999980993, t = x + 6.5;
        for (int i = 0; i < s_lanczos.Length; i++)
            sum += s_lanczos[i] / (x + i);
        return 0.5 * Math.Log(2 * Math.PI) + (x - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}

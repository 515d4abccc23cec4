using PromptPlatform.Analytics.Learning;

namespace PromptPlatform.Analytics.Tests.Learning;

public sealed class BetaFunctionTests
{
    // Of whole numbers the distribution function is a sum of binomial terms.
    [Test]
    public void Cumulative_OfWholeNumbers_IsTheBinomialSum()
    {
        foreach (int a in new[] { 1, 2, 5, 12, 40 })
            foreach (int b in new[] { 1, 3, 8, 25 })
                for (double x = 0.02; x < 1; x += 0.07)
                    Assert.That(BetaFunction.Cumulative(x, a, b), Is.EqualTo(Enumerable.Range(a, b).Sum(k => Binomial(a + b - 1, k) * Math.Pow(x, k) * Math.Pow(1 - x, a + b - 1 - k))).Within(1e-12), $"{x} {a} {b}");
    }

    [Test]
    public void Cumulative_OfTheArcsineDistribution_IsItsClosedForm()
    {
        for (double x = 0.001; x < 1; x += 0.0313)
            Assert.That(BetaFunction.Cumulative(x, 0.5, 0.5), Is.EqualTo(2 / Math.PI * Math.Asin(Math.Sqrt(x))).Within(1e-12));
    }

    [Test]
    public void Quantile_PutIntoTheDistributionFunction_GivesTheProbability()
    {
        foreach (double a in new[] { 0.2, 0.7, 1, 3.4, 60, 4000 })
            foreach (double b in new[] { 0.3, 1, 7.7, 900 })
                foreach (double p in new[] { 0.025, 0.1, 0.5, 0.975 })
                    Assert.That(BetaFunction.Cumulative(BetaFunction.Quantile(p, a, b), a, b), Is.EqualTo(p).Within(1e-9), $"{p} {a} {b}");
    }

    [Test]
    public void Interval_OfTenOutcomesOnAnEvenPrior_IsThatOfTheTables()
    {
        // Beta(8, 4) after seven successes of ten on the uniform prior: R, qbeta(c(0.025, 0.975), 8, 4).
        var belief = new BetaPosterior(1, 1).After(new Credit(10, 7));

        Assert.That(belief.Lower, Is.EqualTo(0.3902574).Within(1e-6));
        Assert.That(belief.Upper, Is.EqualTo(0.8907366).Within(1e-6));
    }

    private static double Binomial(int n, int k) => Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (n - k + i) / i);
}

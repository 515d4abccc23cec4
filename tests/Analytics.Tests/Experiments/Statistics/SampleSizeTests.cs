using PromptPlatform.Analytics.Experiments.Statistics;

namespace PromptPlatform.Analytics.Tests.Experiments.Statistics;

public sealed class SampleSizeTests
{
    // R 4.3, help page of power.prop.test: p1 = .50, p2 = .75, power = .90 needs n = 76.7. The others by the same function.
    [TestCase(0.50, 0.25, 0.9, 76.7)]
    [TestCase(0.50, 0.10, 0.8, 387.3)]
    [TestCase(0.20, 0.05, 0.8, 1093.7)]
    [TestCase(0.05, 0.05, 0.8, 434.4)]
    [TestCase(0.75, -0.25, 0.9, 76.7)]
    public void Shares_NeedThePublishedUnits(double baseline, double effect, double power, double expected) =>
        Assert.That(SampleSize.OfShares(baseline, effect, 0.05, power), Is.EqualTo(expected).Within(0.06));

    // Cohen, Statistical Power Analysis, table 2.4.1 has 393 and 64 for the t-test, which needs one unit more than the normal approximation.
    [TestCase(0.2, 393)]
    [TestCase(0.5, 63)]
    public void Means_NeedThePublishedUnits(double effectInDeviations, double expected) =>
        Assert.That(Math.Ceiling(SampleSize.OfMeans(1, effectInDeviations, 0.05, 0.8)), Is.EqualTo(expected));

    [Test]
    public void Sequential_IsWhereTheIntervalLeavesZeroWithThePower()
    {
        const double variance = 0.4, effect = 0.03;

        double units = SampleSize.Sequential(variance, effect, 0.05, 0.8);

        double v = variance / units;
        double missed = Normal.Cdf((ConfidenceSequence.HalfWidth(v, effect, 0.05) - effect) / Math.Sqrt(v));
        Assert.That(missed, Is.EqualTo(0.2).Within(1e-9));
        Assert.That(units / SampleSize.OfMeans(Math.Sqrt(variance / 2), effect, 0.05, 0.8), Is.InRange(1.8, 2.1));
    }
}

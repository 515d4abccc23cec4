using PromptPlatform.Analytics.Experiments.Statistics;

namespace PromptPlatform.Analytics.Tests.Experiments.Statistics;

/// <summary>Expected values come from SciPy: the average of the likelihood ratios integrated numerically, and the root at which it is 1/alpha.</summary>
public sealed class ConfidenceSequenceTests
{
    [TestCase(0.03, 1e-4, 0.02, 0.061097700790483093)]
    [TestCase(0.05, 2.5e-4, 0.03, 0.04285147009837888)]
    [TestCase(-0.01, 1e-5, 0.02, 0.0487396336544498)]
    [TestCase(120, 900, 60, 0.0037153550113261055)]
    [TestCase(0, 1e-4, 0.02, 1)]
    public void PValue_IsOneByTheAverageLikelihoodRatio(double estimate, double variance, double scale, double expected) =>
        Assert.That(ConfidenceSequence.PValue(estimate, variance, scale), Is.EqualTo(expected).Within(1e-5).Percent);

    [TestCase(1e-4, 0.02, 0.05, 0.030823899938889083)]
    [TestCase(2.5e-4, 0.03, 0.05, 0.049004390331073865)]
    [TestCase(1e-5, 0.02, 0.01, 0.011509565695390144)]
    [TestCase(900, 60, 0.025, 100.55146156692442)]
    public void HalfWidth_IsWhereTheEvidenceIsEnough(double variance, double scale, double alpha, double expected) =>
        Assert.That(ConfidenceSequence.HalfWidth(variance, scale, alpha), Is.EqualTo(expected).Within(1e-5).Percent);

    [TestCase(1e-4, 0.02, 0.05)]
    [TestCase(4.0, 0.5, 0.001)]
    public void PValue_AtTheEndOfTheInterval_IsAlpha(double variance, double scale, double alpha) =>
        Assert.That(ConfidenceSequence.PValue(ConfidenceSequence.HalfWidth(variance, scale, alpha), variance, scale), Is.EqualTo(alpha).Within(1e-9).Percent);

    [Test]
    public void EqualUnits_LeaveNoDoubt()
    {
        Assert.That(ConfidenceSequence.HalfWidth(0, 0.02, 0.05), Is.Zero);
        Assert.That(ConfidenceSequence.PValue(0, 0, 0.02), Is.EqualTo(1));
        Assert.That(ConfidenceSequence.PValue(0.1, 0, 0.02), Is.Zero);
    }
}

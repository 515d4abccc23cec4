using PromptPlatform.Analytics.Experiments.Statistics;

namespace PromptPlatform.Analytics.Tests.Experiments.Statistics;

/// <summary>Values from SciPy 1.10 (scipy.stats.norm).</summary>
public sealed class NormalTests
{
    [TestCase(-8, 6.22096057427174e-16)]
    [TestCase(-3, 0.0013498980316300933)]
    [TestCase(-1.5, 0.06680720126885807)]
    [TestCase(0, 0.5)]
    [TestCase(0.7, 0.758036347776927)]
    [TestCase(5, 0.9999997133484281)]
    public void Cdf_IsThePublishedOne(double x, double expected) => Assert.That(Normal.Cdf(x), Is.EqualTo(expected).Within(1e-6).Percent);

    [TestCase(1e-6, -4.753424308822899)]
    [TestCase(0.025, -1.9599639845400545)]
    [TestCase(0.2, -0.8416212335729142)]
    [TestCase(0.5, 0)]
    [TestCase(0.9, 1.2815515655446004)]
    [TestCase(0.9999, 3.719016485455709)]
    public void Quantile_IsThePublishedOne(double probability, double expected) => Assert.That(Normal.Quantile(probability), Is.EqualTo(expected).Within(1e-9));

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(double.NaN)]
    public void Quantile_OfNoProbability_Throws(double probability) => Assert.That(() => Normal.Quantile(probability), Throws.InstanceOf<ArgumentOutOfRangeException>());
}

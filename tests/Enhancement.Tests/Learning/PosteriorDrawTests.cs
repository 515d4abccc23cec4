using PromptPlatform.Enhancement.Learning;

namespace PromptPlatform.Enhancement.Tests.Learning;

public sealed class PosteriorDrawTests
{
    const int Draws = 40_000;

    [TestCase(3, 7)]
    [TestCase(0.4, 0.8)]
    [TestCase(120, 80)]
    public void Draws_HaveMeanAndVarianceOfTheirDistribution(double alpha, double beta)
    {
        var draws = Enumerable.Range(0, Draws).Select(i => Draw($"seed {i}", alpha, beta)).ToList();
        var (mean, variance) = (alpha / (alpha + beta), alpha * beta / ((alpha + beta) * (alpha + beta) * (alpha + beta + 1)));

        Assert.That(draws, Has.All.InRange(0.0, 1.0));
        Assert.That(draws.Average(), Is.EqualTo(mean).Within(5 * Math.Sqrt(variance / Draws)));
        Assert.That(draws.Average(d => (d - mean) * (d - mean)), Is.EqualTo(variance).Within(variance * 0.05));
    }

    // A release that draws otherwise changes what organisations get for the same prompt and snapshot.
    [TestCase("few-shot", 0.15677129505478535)]
    [TestCase("zero-shot-cot", 0.11160906522867965)]
    public void Draw_OfAName_NeverChanges(string use, double expected)
    {
        var chance = new SeededChance([1, 2, 3], use);

        Assert.That(PosteriorDraw.Of(3, 7, ref chance), Is.EqualTo(expected).Within(1e-12));
    }

    static double Draw(string use, double alpha, double beta)
    {
        var chance = new SeededChance([], use);
        return PosteriorDraw.Of(alpha, beta, ref chance);
    }
}

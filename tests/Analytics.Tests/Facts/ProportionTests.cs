using PromptPlatform.Analytics.Facts;

namespace PromptPlatform.Analytics.Tests.Facts;

public sealed class ProportionTests
{
    private const double Z95 = 1.959963984540054;

    // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
    [TestCase(81, 263, 0.2553, 0.3662)]
    [TestCase(15, 148, 0.0624, 0.1605)]
    [TestCase(0, 20, 0.0, 0.1611)]
    [TestCase(1, 29, 0.0061, 0.1718)]
    [TestCase(20, 20, 0.8389, 1.0)]
    public void Interval_IsThatOfWilson(int hits, int of, double low, double high)
    {
        var interval = new Proportion(hits, of).Interval(Z95);

        Assert.That((interval.Low, interval.High), Is.EqualTo((low, high)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 5e-5 && Math.Abs(a.Item2 - b.Item2) < 5e-5));
    }

    // Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998), table II, method 10.
    [TestCase(56, 70, 48, 80, 0.0524, 0.3339)]
    [TestCase(9, 10, 3, 10, 0.1705, 0.8090)]
    [TestCase(5, 56, 0, 29, -0.0381, 0.1926)]
    [TestCase(0, 10, 0, 20, -0.1611, 0.2775)]
    [TestCase(10, 10, 0, 10, 0.6075, 1.0)]
    public void Difference_HasTheIntervalOfNewcombe(int hits, int of, int otherHits, int other, double low, double high)
    {
        var interval = new Proportion(hits, of).DifferenceInterval(new Proportion(otherHits, other), Z95);

        Assert.That((interval.Low, interval.High), Is.EqualTo((low, high)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 5e-5 && Math.Abs(a.Item2 - b.Item2) < 5e-5));
    }
}

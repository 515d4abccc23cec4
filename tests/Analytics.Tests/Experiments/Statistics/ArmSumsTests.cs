using PromptPlatform.Analytics.Experiments.Statistics;

namespace PromptPlatform.Analytics.Tests.Experiments.Statistics;

public sealed class ArmSumsTests
{
    private static readonly (double Y, double N)[] s_units = [(1, 2), (0, 1), (2, 2), (3, 4), (0, 1), (1, 3), (4, 4), (0, 2)];

    [Test]
    public void Ratio_AndItsVariance_AreThoseOfTheDeltaMethod()
    {
        var sums = Sum(s_units);

        Assert.That(sums.Units, Is.EqualTo(8));
        Assert.That(sums.Ratio, Is.EqualTo(11.0 / 19));
        // From means, variances and the covariance of y and n, by NumPy: the textbook form of the method.
        Assert.That(sums.Variance, Is.EqualTo(0.020871540273632035).Within(1e-12));
    }

    [Test]
    public void Variance_OfUnitsThatCameOnce_IsThatOfAMean()
    {
        double[] values = [3, 5, 8, 1, 9, 9];

        var sums = Sum([.. values.Select(v => (v, 1.0))]);

        double mean = values.Average();
        Assert.That(sums.Variance, Is.EqualTo(values.Sum(v => (v - mean) * (v - mean)) / 5 / 6).Within(1e-12));
    }

    [Test]
    public void Units_OfWhichNothingIsKnown_DoNotCount() => Assert.That(Sum([.. s_units, (0, 0), (0, 0)]), Is.EqualTo(Sum(s_units)));

    [Test]
    public void Variance_OfOneUnit_IsNotKnown() => Assert.That(Sum([(1, 2)]).Variance, Is.NaN);

    [Test]
    public void Variance_OfEqualUnits_IsNeverNegative()
    {
        var sums = Sum([.. Enumerable.Repeat((0.1, 3.0), 1000)]);

        Assert.That(sums.Variance, Is.InRange(0, 1e-18));
    }

    private static ArmSums Sum(IEnumerable<(double Y, double N)> units) => units.Aggregate(default(ArmSums), (sums, unit) => sums.With(unit.Y, unit.N));
}

using PromptPlatform.Analytics.Experiments.Statistics;

namespace PromptPlatform.Analytics.Tests.Experiments.Statistics;

public sealed class SampleRatioTests
{
    private static readonly double[] s_halves = [0.5, 0.5];

    // SciPy: scipy.special.gammaln; the formula itself was checked against a numerical integral of the beta mixture.
    [TestCase(5_000, 5_000, 1)]
    [TestCase(600, 400, 6.28310013705919e-05)]
    [TestCase(5_000, 5_400, 0.003019796753730708)]
    [TestCase(821_588, 815_482, 0.00046226173917221595)]
    public void PValue_OfTwoHalves_IsThePublishedOne(long one, long other, double expected) =>
        Assert.That(SampleRatio.PValue([one, other], s_halves), Is.EqualTo(expected).Within(1e-4).Percent);

    [Test]
    public void PValue_OfUnevenShares_IsThePublishedOne()
    {
        Assert.That(SampleRatio.PValue([9_000, 1_100], [0.9, 0.1]), Is.EqualTo(0.06575776776652975).Within(1e-4).Percent);
        Assert.That(SampleRatio.PValue([4_000, 3_000, 3_300], [0.4, 0.3, 0.3]), Is.EqualTo(0.0011613509460678205).Within(1e-4).Percent);
    }

    [Test]
    public void PValue_OfNobody_IsOne() => Assert.That(SampleRatio.PValue([0, 0], s_halves), Is.EqualTo(1).Within(1e-9));

    [Test]
    public void Alarm_OfSoundShares_IsRareThoughEveryUnitIsLookedAt()
    {
        int alarms = Enumerable.Range(0, 2_000).Count(seed => EverAlarms(new Random(seed)));

        // 1 in 1,000 at most; more than 9 of 2,000 would happen by chance once in 20,000 times.
        Assert.That(alarms, Is.LessThan(10));
    }

    private static bool EverAlarms(Random dice)
    {
        long[] units = [0, 0];
        for (int i = 1; i <= 4_000; i++)
        {
            units[dice.Next(2)]++;
            if (i % 10 == 0 && SampleRatio.PValue(units, s_halves) < SampleRatio.Alarm)
                return true;
        }
        return false;
    }
}

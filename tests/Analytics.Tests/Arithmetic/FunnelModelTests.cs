using PromptPlatform.Analytics.Funnels;

namespace PromptPlatform.Analytics.Tests.Arithmetic;

public sealed class FunnelModelTests
{
    private const int Sets = 1_000;

    [Test]
    public void Funnels_OfRandomEvents_AreThoseOfTheNaiveModel()
    {
        int full = 0;
        for (int seed = 0; seed < Sets; seed++)
        {
            var dice = new Random(seed);
            var funnel = RandomEvents.Funnel(dice);
            var arrived = RandomEvents.Deeds(dice);

            var figures = funnel.Figures(arrived);

            var expected = NaiveFunnel.Seconds(funnel, arrived);
            Assert.That(figures.Select(f => f.Actors), Is.EqualTo(expected.Select(s => (long)s.Count)), $"seed {seed}: {funnel.Order} {string.Join('>', funnel.Steps)}");
            for (int step = 1; step < expected.Length; step++)
            {
                Assert.That(figures[step].AverageSeconds, Is.EqualTo(expected[step].Count == 0 ? null : expected[step].Average()).Within(1e-9), $"seed {seed}");
                Assert.That(figures[step].MedianSeconds, Is.EqualTo(Median(expected[step])), $"seed {seed}");
            }
            full += expected[^1].Count;
        }

        Assert.That(full, Is.GreaterThan(Sets / 4), "many actors must convert, or nothing was compared");
    }

    private static double? Median(List<long> values)
    {
        if (values.Count == 0)
            return null;
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2d;
    }
}

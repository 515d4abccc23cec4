namespace PromptPlatform.Analytics.Tests.Experiments.Simulation;

/// <summary>The small world of every test run; <see cref="ExperimentFigures"/> has the large one.</summary>
public sealed class SimulationTests
{
    private const int Runs = 300;
    private const double Scale = 0.05;

    [Test]
    public void NoEffect_LookedAtEveryDay_IsSeldomTakenForOne()
    {
        var looks = Looks(effect: 0);

        // 15 are allowed on average; by chance more than 27 would come once in 1,000 times. Who peeks with a test for one look is wrong far more often.
        Assert.That(looks.Count(l => l.Found > 0), Is.LessThanOrEqualTo(27));
        Assert.That(looks.Count(l => l.FoundByPeeking > 0), Is.GreaterThan(45));
        // Alike in kind: the test for one look is right when there is one look.
        Assert.That(looks.Count(l => l.FoundAtTheEnd), Is.InRange(3, 27));
    }

    [Test]
    public void Interval_LookedAtEveryDay_HoldsTheTruth() =>
        Assert.That(Looks(effect: 0.05).Count(l => l.MissedTruth), Is.LessThanOrEqualTo(27));

    [Test]
    public void Effect_OfTheSizePlannedFor_IsFound() =>
        Assert.That(Looks(effect: 0.08).Count(l => l.Found > 0), Is.GreaterThan(Runs * 8 / 10));

    private static List<DailyLooks> Looks(double effect) =>
        [.. Enumerable.Range(1, Runs).AsParallel().Select(seed => DailyLooks.Of(new SimulatedWorld(1_500, 20, effect), Scale, seed))];
}

namespace PromptPlatform.Analytics.Tests.Learning;

/// <summary>What the learner comes to in a world whose truth is known. Seeded, so each run is the same.</summary>
public sealed class SimulationTests
{
    [TestCase(1)]
    [TestCase(2)]
    public void Learner_InAWorldWithKnownEffects_RegretsLessThanGreedAndChance(int places)
    {
        var world = new SimulatedWorld(places);

        double Regret(Strategy strategy) => Enumerable.Range(1, 6).AsParallel().Average(seed => world.Run(strategy, seed).Regret[^1]);

        var (thompson, greedy, uniform) = (Regret(Strategy.Thompson), Regret(Strategy.Greedy), Regret(Strategy.Uniform));
        TestContext.Out.WriteLine($"{thompson:0} {greedy:0} {uniform:0}");
        Assert.That(thompson, Is.LessThan(uniform / 5));
        Assert.That(thompson, Is.LessThan(greedy));
    }

    [Test]
    public void Learner_AtTheEnd_KnowsTheBestOfEachIntent()
    {
        var world = new SimulatedWorld(1);

        foreach (int seed in Enumerable.Range(1, 4))
            Assert.That(world.Run(Strategy.Thompson, seed).Ranking.Select(r => r[0]), Is.EqualTo(SimulatedWorld.TrueRanking.Select(r => r[0])), $"seed {seed}");
    }

    [Test]
    public void Regret_OfTheLearner_Flattens()
    {
        var regret = new SimulatedWorld(1).Run(Strategy.Thompson, 1).Regret;
        int half = regret.Count / 2;

        Assert.That(regret[^1] - regret[half], Is.LessThan(regret[half] / 2));
    }

    [Test]
    public void Shrinkage_WhateverTheOutcomes_IsAboutAsNearTheTruthAsTheBetterOfTheTwo()
    {
        foreach (var errors in SmallOrganizations.Run(1))
        {
            TestContext.Out.WriteLine(errors);
            Assert.That(errors.Shrunk, Is.LessThan(errors.Alone).And.LessThan(errors.OfAll * 1.05), $"{errors.Outcomes} outcomes");
        }
    }
}

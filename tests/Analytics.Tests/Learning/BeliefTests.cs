using System.Text.Json;
using PromptPlatform.Analytics.Learning;

namespace PromptPlatform.Analytics.Tests.Learning;

public sealed class BeliefTests
{
    private static readonly LearningCell s_cell = new("few-shot", "translation", "gpt");

    [Test]
    public void Priors_AreThoseThatTheCatalogueGives()
    {
        var (means, weights) = (new Dictionary<string, double> { ["default-on"] = 0.6, ["on-match"] = 0.55, ["opt-in"] = 0.5, ["off"] = 0.4 }, new Dictionary<string, double> { ["abstract"] = 12, ["secondary"] = 8, ["none"] = 4 });
        var catalogue = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Learning", "techniques.jsonl")).Select(l => JsonDocument.Parse(l).RootElement).ToList();

        Assert.That(TechniquePriors.Known, Is.EquivalentTo(catalogue.Select(t => t.GetProperty("id").GetString())));
        foreach (var technique in catalogue)
        {
            var prior = TechniquePriors.Of(technique.GetProperty("id").GetString()!);
            Assert.That(prior.Mean, Is.EqualTo(means[technique.GetProperty("suggested_policy").GetString()!]).Within(1e-12), technique.ToString());
            Assert.That(prior.Weight, Is.EqualTo(weights[technique.GetProperty("evidence").GetProperty("figure_status").GetString()!]).Within(1e-12), technique.ToString());
        }
        Assert.That(TechniquePriors.Of("of-nobody"), Is.EqualTo(new BetaPosterior(2, 2)));
    }

    [Test]
    public void Credit_OfAnEnhancement_IsSharedByItsTechniques()
    {
        var credit = default(Credit).And(1, techniques: 4).And(0, techniques: 2).And(0.75, techniques: 1);

        Assert.That((credit.Outcomes, credit.Successes), Is.EqualTo((1.75, 1.0)));
    }

    [Test]
    public void Belief_WithoutThatOfAll_StandsOnTheEvidence()
    {
        var found = Effectiveness.Of(s_cell, new Credit(10, 9), common: null);

        Assert.That(found.Prior, Is.EqualTo(TechniquePriors.Of("few-shot")));
        Assert.That(found.Posterior.Weight, Is.EqualTo(found.Prior.Weight + 10).Within(1e-12));
        Assert.That(found.Posterior.Mean, Is.EqualTo((found.Prior.Alpha + 9) / (found.Prior.Weight + 10)).Within(1e-12));
    }

    [Test]
    public void Belief_OfASmallOrganisation_IsShrunkToThatOfAll()
    {
        var common = new CommonBelief(BetaPosterior.Of(0.8, 500), 9, 480, Weight: 40);

        var few = Effectiveness.Of(s_cell, new Credit(5, 0), common).Posterior.Mean;
        var many = Effectiveness.Of(s_cell, new Credit(4000, 0), common).Posterior.Mean;

        Assert.That(few, Is.EqualTo(0.8 * 40 / 45).Within(1e-12));
        Assert.That(many, Is.LessThan(0.01));
    }

    [Test]
    public void WeightOfAll_FollowsHowMuchOrganisationsDiffer()
    {
        var dice = new Random(7);
        foreach (double real in new[] { 10.0, 30, 100 })
        {
            var groups = Enumerable.Range(0, 4000).Select(_ => Group(dice, 0.6, real, 40)).ToList();

            Assert.That(Shrinkage.Weight(GroupMoments.Of(groups)), Is.EqualTo(real).Within(real * 0.15));
        }
        Assert.That(Shrinkage.Weight(GroupMoments.Of([new(40, 24), new(40, 24), new(40, 24)])), Is.EqualTo(Shrinkage.Most), "they do not differ");
        Assert.That(Shrinkage.Weight(GroupMoments.Of([new(40, 40), new(40, 0), new(40, 40)])), Is.EqualTo(Shrinkage.Least), "they have nothing in common");
        Assert.That(Shrinkage.Weight(GroupMoments.Of([new(40, 40), new(10, 10)])), Is.EqualTo(Shrinkage.Most), "nobody ever failed");
    }

    [TestCase(4, 100.0, 25.0, false, TestName = "four organisations are too few")]
    [TestCase(5, 49.0, 10.0, false, TestName = "49 outcomes are too few")]
    [TestCase(5, 100.0, 51.0, false, TestName = "one organisation has more than all others")]
    [TestCase(5, 100.0, 50.0, true, TestName = "five organisations and 50 outcomes are enough")]
    public void BeliefOfAll_IsToldOnlyWhereNobodyCanBeRecognised(int organizations, double outcomes, double largest, bool told)
    {
        var groups = new GroupMoments(organizations, new Credit(outcomes, outcomes / 2), 2600, outcomes / 4);

        Assert.That(CommonBelief.Of(new BetaPosterior(2, 2), groups, largest) is not null, Is.EqualTo(told));
    }

    // A share of the Beta distribution of this mean and weight by its inverse, then outcomes by coin.
    private static Credit Group(Random dice, double mean, double weight, int outcomes)
    {
        double share = BetaFunction.Quantile(dice.NextDouble(), mean * weight, (1 - mean) * weight);
        return new Credit(outcomes, Enumerable.Range(0, outcomes).Count(_ => dice.NextDouble() < share));
    }
}

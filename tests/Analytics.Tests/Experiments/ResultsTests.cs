using PromptPlatform.Analytics.Experiments;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Events;

namespace PromptPlatform.Analytics.Tests.Experiments;

/// <summary>Over SQL, from events to figures; the figures are compared with a plain calculation on the same people.</summary>
public sealed class ResultsTests
{
    private readonly Trial trial = new(AnalyticsFixture.Analytics, Guid.NewGuid());

    [Test]
    public async Task Figures_AreThoseOfThePeopleWhateverComesLateOrTwice()
    {
        var experiment = await trial.RunAsync(Trial.Definition("figures"));
        var (dice, people, events) = (new Random(7), new List<(string Arm, int Up, int Rated)>(), new List<IPlatformEvent>());
        for (int unit = 0; unit < 260; unit++)
        {
            string arm = unit % 2 == 0 ? "control" : "b";
            int ups = 0, rated = 0;
            for (int i = dice.Next(3); i >= 0; i--)
            {
                var enhanced = trial.Enhanced(experiment.Id, arm, unit);
                events.Add(enhanced);
                if (dice.Next(10) < 1)
                    continue;
                bool up = dice.NextDouble() < (arm == "b" ? 0.9 : 0.3);
                (ups, rated) = (ups + (up ? 1 : 0), rated + 1);
                events.Add(trial.Feedback(enhanced, up ? "up" : "down"));
            }
            people.Add((arm, ups, rated));
        }
        dice.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(events));

        await trial.DeliverAsync(events.Concat(events.Take(50)));
        var results = await trial.ResultsAsync(experiment.Id);

        foreach (var arm in results.Arms)
        {
            var own = people.Where(p => p.Arm == arm.Arm && p.Rated > 0).ToList();
            Assert.That((arm.Units, arm.Observations, arm.Value), Is.EqualTo((130, own.Sum(p => p.Rated), (double)own.Sum(p => p.Up) / own.Sum(p => p.Rated))), arm.Arm);
            Assert.That(arm.Value, Is.InRange(arm.Low, arm.High));
        }
        double variance = people.GroupBy(p => p.Arm).Sum(group => Variance([.. group.Where(p => p.Rated > 0)]));
        var compared = results.Comparisons.Single();
        Assert.That(compared.Difference, Is.EqualTo(results.Arms[1].Value - results.Arms[0].Value).Within(1e-12));
        Assert.That(compared.High - compared.Difference, Is.EqualTo(PromptPlatform.Analytics.Experiments.Statistics.ConfidenceSequence.HalfWidth(variance, 0.1, 0.05)).Within(1e-9));
        Assert.That((compared.Verdict, results.Decision.Action, results.Decision.Arm), Is.EqualTo(("better", "ship", "b")));
        Assert.That(results.Decision.Text, Does.StartWith("b is better: rating_up differs from the control's by +0."));
        Assert.That(results.SampleRatio.Broken, Is.False);
    }

    [Test]
    public async Task Figures_OfFewUnits_AreNotTold()
    {
        var experiment = await trial.RunAsync(Trial.Definition("few", layer: "few"));
        var enhanced = Enumerable.Range(0, 99).Select(unit => trial.Enhanced(experiment.Id, "control", unit)).ToList();

        await trial.DeliverAsync([.. enhanced, .. enhanced.Select(e => trial.Feedback(e, "up"))]);
        var results = await trial.ResultsAsync(experiment.Id);

        Assert.That((results.Arms[0].Units, results.Arms[0].HasValue, results.Comparisons[0].HasLow, results.Comparisons[0].Verdict), Is.EqualTo((99d, false, false, "too_few_units")));
    }

    [Test]
    public async Task Figures_OfEveryMetric_AreCountedByTheirOwnObservations()
    {
        var experiment = await trial.RunAsync(Trial.Definition("metrics", layer: "metrics"));
        var told = trial.Enhanced(experiment.Id, "control", 1, totalMs: 10, degraded: true) with { CostUsd = 0.002m };
        var silent = trial.Enhanced(experiment.Id, "control", 1, totalMs: 30);
        await trial.DeliverAsync([told, silent, trial.Feedback(told, "down", "completed") with { Corrected = true }]);

        var sums = await SumsAsync(experiment);

        Assert.That(sums.Keys.Select(k => k.Metric), Is.EquivalentTo(ExperimentMetric.All.Select(m => m.Name)));
        Assert.That(sums.ToDictionary(s => s.Key.Metric, s => (s.Value.Units, s.Value.Y, s.Value.N, s.Value.YY, s.Value.NN, s.Value.YN)), Is.EquivalentTo(new Dictionary<string, (long, double, double, double, double, double)>
        {
            ["rating_up"] = (1, 0, 1, 0, 1, 0),
            ["completed"] = (1, 1, 1, 1, 1, 1),
            ["failed"] = (1, 0, 1, 0, 1, 0),
            ["corrected"] = (1, 1, 2, 1, 4, 2),
            ["degraded"] = (1, 1, 2, 1, 4, 2),
            ["latency_ms"] = (1, 40, 2, 1600, 4, 80),
            ["cost_usd"] = (1, 0.002, 1, 0.000004, 1, 0.002),
        }));
    }

    [Test]
    public async Task Arms_ThatGotOtherSharesThanTheirs_AreDistrusted()
    {
        var experiment = await trial.RunAsync(Trial.Definition("ratio", layer: "ratio"));

        await trial.DeliverAsync(Enumerable.Range(0, 400).Select(unit => trial.Enhanced(experiment.Id, unit < 280 ? "control" : "b", unit)));
        var results = await trial.ResultsAsync(experiment.Id);

        Assert.That(results.SampleRatio.Broken, Is.True);
        Assert.That(results.SampleRatio.PValue, Is.LessThan(0.001));
        Assert.That(results.Decision.Action, Is.EqualTo("distrust"));
    }

    [Test]
    public async Task Experiment_StoppedBeforeItCouldTell_DoesNotAdviseToWait()
    {
        var experiment = await trial.RunAsync(Trial.Definition("early", layer: "early"));
        await trial.DeliverAsync([trial.Enhanced(experiment.Id, "control", 1), trial.Enhanced(experiment.Id, "b", 2)]);
        var running = await trial.ResultsAsync(experiment.Id);

        await trial.StopAsync(experiment.Id, "enough");

        Assert.That((running.Decision.Action, (await trial.ResultsAsync(experiment.Id)).Decision.Action), Is.EqualTo(("wait", "undecided")));
    }

    [Test]
    public async Task Exposures_OfAnotherOrganisation_DoNotCount()
    {
        var experiment = await trial.RunAsync(Trial.Definition("foreign", layer: "foreign"));
        var stranger = new Trial(AnalyticsFixture.Analytics, Guid.NewGuid());

        await stranger.DeliverAsync([stranger.Enhanced(experiment.Id, "control", 1)]);

        Assert.That((await trial.ResultsAsync(experiment.Id)).Arms.Sum(a => a.Units), Is.Zero);
    }

    private async Task<IReadOnlyDictionary<(string Arm, string Metric), Analytics.Experiments.Statistics.ArmSums>> SumsAsync(Experiment experiment)
    {
        var database = (ServiceDefaults.Storage.TenantDatabase)AnalyticsFixture.Analytics.Services.GetService(typeof(ServiceDefaults.Storage.TenantDatabase))!;
        await using var transaction = await database.BeginAsync(trial.OrgId, CancellationToken.None);
        return await Storage.ExposureRows.SumAsync(transaction, StoredExperiment.ParseId(experiment.Id), CancellationToken.None);
    }

    // The textbook form of the delta method, from means, variances and the covariance.
    private static double Variance(IReadOnlyList<(string Arm, int Up, int Rated)> people)
    {
        double n = people.Count, up = people.Average(p => p.Up), rated = people.Average(p => p.Rated);
        double varianceOfUp = people.Sum(p => Math.Pow(p.Up - up, 2)) / (n - 1), varianceOfRated = people.Sum(p => Math.Pow(p.Rated - rated, 2)) / (n - 1);
        double covariance = people.Sum(p => (p.Up - up) * (p.Rated - rated)) / (n - 1);
        return (varianceOfUp / Math.Pow(rated, 2) + up * up * varianceOfRated / Math.Pow(rated, 4) - 2 * up * covariance / Math.Pow(rated, 3)) / n;
    }
}

using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Tests.Facts;

/// <summary>Answers over SQL against answers by looking at the facts one by one.</summary>
public sealed class FactModelTests
{
    private const int Worlds = 8;
    private const string Zone = "Asia/Kathmandu";
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [Test]
    public async Task Counts_ByEveryDimensionAndMeasure_AreThoseOfTheModel()
    {
        string[] dimensions = ["", "intent", "domain", "complexity", "language", "family", "length", "technique", "actor", "experiment", "arm", "degraded", "changed"];
        string[] measures = ["enhancements", "degraded", "changed", "tokens_before", "tokens_after", "cost_usd", "actors", "mean_total_ms", "success_rate"];
        for (int seed = 0; seed < Worlds / 4; seed++)
        {
            var world = await FactWorld.SendAsync(analytics, new Random(seed));
            foreach (var (dimension, measure) in dimensions.SelectMany(d => measures.Select(m => (d, m))))
            {
                var answer = await analytics.AskAsync(world.Org, (client, headers) => client.CountEnhancementsAsync(new() { From = "2026-02-19", TimeZone = Zone, Period = "week", GroupBy = dimension, Measure = measure }, headers));

                var starts = answer.Starts.Select(s => s.ToDateTimeOffset()).ToList();
                var expected = Groups(world.Facts, dimension).ToDictionary(
                    g => g.Group,
                    g => (Total: Measure(g.Facts, measure), Values: starts.Select((_, i) => Measure([.. g.Facts.Where(f => starts.FindLastIndex(s => s <= f.Made.At) == i)], measure)).ToArray()));
                string about = $"{measure} by {dimension}, seed {seed}";
                Assert.That(answer.Data.Select(s => s.Group), Is.EquivalentTo(expected.Keys), about);
                foreach (var series in answer.Data)
                {
                    Assert.That(series.Total, Is.EqualTo(expected[series.Group].Total).Within(1e-9), about);
                    Assert.That(series.Values, Is.EqualTo(expected[series.Group].Values).Within(1e-9), about);
                }
            }
        }
    }

    [Test]
    public async Task Quality_ByDimension_IsThatOfTheModel([Values("", "intent", "language", "length", "technique")] string dimension)
    {
        for (int seed = 0; seed < Worlds; seed++)
        {
            var world = await FactWorld.SendAsync(analytics, new Random(seed));

            var answer = await analytics.AskAsync(world.Org, (client, headers) => client.GetQualityAsync(new() { From = "2026-02-19", GroupBy = dimension }, headers));

            var groups = Groups(world.Facts, dimension).ToDictionary(g => g.Group, g => g.Facts);
            Assert.That(answer.Data.Select(d => d.Group), Is.EquivalentTo(groups.Keys));
            foreach (var group in answer.Data)
                Compare(group, groups[group.Group], $"{dimension} {group.Group}, seed {seed}");
        }
    }

    [Test]
    public async Task Effects_OfTechniques_AreThoseOfTheModel()
    {
        for (int seed = 0; seed < Worlds; seed++)
        {
            var world = await FactWorld.SendAsync(analytics, new Random(seed));

            var answer = await analytics.AskAsync(world.Org, (client, headers) => client.GetTechniqueEffectsAsync(new() { From = "2026-02-19", MinCount = 4 }, headers));

            var judged = world.Facts.Where(f => f.Succeeded is not null).ToList();
            var expected = judged.SelectMany(f => f.Made.Techniques.Select(t => (Technique: t, f.Made.Intent, f.Made.TargetFamily))).Distinct();
            Assert.That(answer.Data.Select(d => (d.Technique, d.Intent, d.Family)), Is.EquivalentTo(expected));
            foreach (var cell in answer.Data)
            {
                var same = judged.Where(f => f.Made.Intent == cell.Intent && f.Made.TargetFamily == cell.Family).ToLookup(f => f.Made.Techniques.Contains(cell.Technique));
                Assert.That((cell.Applied.Hits, cell.Applied.Of), Is.EqualTo(Hits(same[true])));
                Assert.That((cell.Baseline.Hits, cell.Baseline.Of), Is.EqualTo(Hits(same[false])));
                Assert.That(cell.Enough, Is.EqualTo(same[true].Count() >= 4 && same[false].Count() >= 4));
                Assert.That(cell.HasDifference ? cell.Difference : 9, Is.EqualTo(cell.Enough ? cell.Applied.Rate - cell.Baseline.Rate : 9));
                Assert.That((cell.HasLow, cell.HasHigh), Is.EqualTo((cell.Enough, cell.Enough)));
            }
        }
    }

    [Test]
    public async Task Fairness_ByDimension_ComparesEachGroupWithAll([Values("language", "domain", "length")] string dimension, [Values("success", "satisfaction", "completion", "errors")] string metric)
    {
        var world = await FactWorld.SendAsync(analytics, new Random(7), count: 120);

        var answer = await analytics.AskAsync(world.Org, (client, headers) => client.GetFairnessAsync(new() { From = "2026-02-19", Dimension = dimension, Metric = metric, MinCount = 10 }, headers));

        var all = Share(world.Facts, metric);
        Assert.That((answer.Overall.Hits, answer.Overall.Of), Is.EqualTo(all));
        var groups = Groups(world.Facts, dimension).ToDictionary(g => g.Group, g => Share(g.Facts, metric));
        Assert.That(answer.Data.Select(d => d.Group), Is.EquivalentTo(groups.Keys));
        foreach (var group in answer.Data)
        {
            Assert.That((group.Share.Hits, group.Share.Of), Is.EqualTo(groups[group.Group]));
            Assert.That(group.Enough, Is.EqualTo(groups[group.Group].Of >= 10));
            if (group.Enough)
                Assert.That(group.Gap, Is.EqualTo(groups[group.Group].Hits / groups[group.Group].Of - all.Hits / all.Of).Within(1e-12));
        }
        Assert.That(answer.Data.Where(d => d.Enough).Select(d => d.Gap), Is.Ordered);
    }

    private static void Compare(QualityGroup group, IReadOnlyList<Fact> facts, string about)
    {
        var judged = facts.Where(f => f.Feedback is not null).ToList();
        var stars = judged.Where(f => f.Feedback!.Stars is not null).Select(f => f.Feedback!.Stars!.Value).ToList();
        var errors = facts.Where(f => f.Severity > 0).ToList();
        var told = facts.Where(f => f.Made.CostUsd is not null && f.Feedback is { Outcome: not "" }).ToList();
        int completed = told.Count(f => f.Feedback!.Outcome == "completed");
        Assert.That((group.Enhancements, group.WithFeedback), Is.EqualTo(((double)facts.Count, (double)judged.Count)), about);
        foreach (var (share, metric) in new[] { (group.Success, "success"), (group.Satisfaction, "satisfaction"), (group.Completion, "completion"), (group.Errors, "errors") })
            Assert.That((share.Hits, share.Of), Is.EqualTo(Share(facts, metric)), $"{metric} of {about}");
        Assert.That((group.Severity.Severe, group.Severity.Major, group.Severity.Minor), Is.EqualTo(((double)Weight(3), (double)Weight(2), (double)Weight(1))), about);
        Assert.That(group.Severity.Mean, Is.EqualTo(errors.Count == 0 ? 0 : errors.Average(f => f.Severity)).Within(1e-12), about);
        Assert.That(group.Stars, Is.EqualTo(Enumerable.Range(1, 5).Select(n => (double)stars.Count(s => s == n))), about);
        Assert.That(group.MeanStars, Is.EqualTo(stars.Count == 0 ? 0 : stars.Average()).Within(1e-12), about);
        Assert.That(group.CostUsd, Is.EqualTo((double)facts.Sum(f => f.Made.CostUsd ?? 0)).Within(1e-12), about);
        Assert.That(group.CostPerSuccessUsd, Is.EqualTo(completed == 0 ? 0 : (double)(told.Sum(f => f.Made.CostUsd!.Value) / completed)).Within(1e-12), about);
        int Weight(int severity) => errors.Count(f => f.Severity == severity);
        CompareFirst(group.FirstSuccess, facts, about);
    }

    private static void CompareFirst(FirstSuccess first, IReadOnlyList<Fact> facts, string about)
    {
        var actors = facts.Where(f => f.Made.Actor.Length > 0).GroupBy(f => f.Made.Actor).Select(g => g.OrderBy(f => f.Made.At).ToList()).ToList();
        var won = actors
            .Select(mine => (Mine: mine, Win: mine.Where(f => f.Succeeded == true).MinBy(f => f.SuccessAt)))
            .Where(a => a.Win is not null)
            .Select(a => (Seconds: (a.Win!.SuccessAt - a.Mine[0].Made.At).TotalSeconds, Attempts: (double)a.Mine.IndexOf(a.Win) + 1))
            .ToList();
        Assert.That((first.Actors, first.Succeeded), Is.EqualTo(((double)actors.Count, (double)won.Count)), about);
        Assert.That(first.MedianSeconds, Is.EqualTo(Median([.. won.Select(w => w.Seconds)])).Within(1e-6), about);
        Assert.That(first.MedianAttempts, Is.EqualTo(Median([.. won.Select(w => w.Attempts)])), about);
    }

    private static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : (sorted[sorted.Count / 2] + sorted[(sorted.Count - 1) / 2]) / 2;
    }

    private static IEnumerable<(string Group, IReadOnlyList<Fact> Facts)> Groups(IReadOnlyList<Fact> facts, string dimension) =>
        facts.SelectMany(f => Values(f.Made, dimension).Select(value => (value, f))).GroupBy(p => p.value, p => p.f).Select(g => (g.Key, (IReadOnlyList<Fact>)[.. g]));

    private static IEnumerable<string> Values(PromptPlatform.Events.PromptEnhanced made, string dimension) => dimension switch
    {
        "" => [""],
        "intent" => [made.Intent],
        "domain" => [made.Domain],
        "complexity" => [made.Complexity],
        "language" => [made.Language],
        "family" => [made.TargetFamily],
        "length" => [made.Words switch { null => "", <= 20 => "1-20", <= 100 => "21-100", <= 400 => "101-400", _ => "over 400" }],
        "technique" => made.Techniques,
        "actor" => [made.Actor],
        "degraded" => [made.Degraded ? "true" : "false"],
        "changed" => [made.Changed == true ? "true" : "false"],
        _ => [""],
    };

    private static double Measure(IReadOnlyList<Fact> facts, string measure) => measure switch
    {
        "enhancements" => facts.Count,
        "degraded" => facts.Count(f => f.Made.Degraded),
        "changed" => facts.Count(f => f.Made.Changed == true),
        "tokens_before" => facts.Sum(f => f.Made.TokensBefore),
        "tokens_after" => facts.Sum(f => f.Made.TokensAfter),
        "cost_usd" => (double)facts.Sum(f => f.Made.CostUsd ?? 0),
        "actors" => facts.Select(f => f.Made.Actor).Where(a => a.Length > 0).Distinct().Count(),
        "mean_total_ms" => facts.Count == 0 ? 0 : facts.Average(f => f.Made.TotalMs),
        _ => facts.Any(f => f.Succeeded is not null) ? facts.Where(f => f.Succeeded is not null).Average(f => f.Succeeded == true ? 1.0 : 0) : 0,
    };

    private static (double Hits, double Of) Share(IReadOnlyList<Fact> facts, string metric) => metric switch
    {
        "success" => Hits(facts.Where(f => f.Succeeded is not null)),
        "satisfaction" => (facts.Count(f => f.Feedback?.Rating == "up"), facts.Count(f => f.Feedback is { Rating: not "" })),
        "completion" => (facts.Count(f => f.Feedback?.Outcome == "completed"), facts.Count(f => f.Feedback is { Outcome: not "" })),
        _ => (facts.Count(f => f.Severity > 0), facts.Count(f => f.Feedback is not null)),
    };

    private static (double Hits, double Of) Hits(IEnumerable<Fact> judged) => (judged.Count(f => f.Succeeded == true), judged.Count());
}

using System.Runtime.CompilerServices;
using PromptPlatform.Analytics.Tests.Experiments.Simulation;

namespace PromptPlatform.Analytics.Tests.Learning;

/// <summary>Draws the charts of services/Analytics/figures and says the figures of the README; run it by name: <c>dotnet test tests/Analytics.Tests --filter FullyQualifiedName~LearningFigures</c>.</summary>
[Explicit("takes minutes, and writes the charts anew")]
public sealed class LearningFigures
{
    private const int Runs = 20;
    private static readonly (Strategy Strategy, string Name, string Color)[] s_strategies = [(Strategy.Thompson, "learner", "#1f6feb"), (Strategy.Greedy, "greedy", "#bc4c00"), (Strategy.Uniform, "uniform", "#57606a")];

    [TestCase(1, "one technique of five", 600)]
    [TestCase(2, "two techniques of five, which share the outcome", 600)]
    public async Task Regret_IsDrawn(int places, string plan, int top)
    {
        var world = new SimulatedWorld(places);
        var lines = new List<ChartLine>();
        foreach (var (strategy, name, color) in s_strategies)
        {
            var results = Enumerable.Range(1, Runs).AsParallel().AsOrdered().Select(seed => world.Run(strategy, seed)).ToList();
            int found = results.Sum(r => r.Ranking.Zip(SimulatedWorld.TrueRanking, (believed, real) => believed.Take(places).ToHashSet().SetEquals(real.Take(places)) ? 1 : 0).Sum());
            var last = results.Select(r => r.Regret[^1]).Order().ToList();
            Say($"{plan}, {name}: regret {last.Average():0} ({last[0]:0} to {last[^1]:0}), in the last quarter {results.Average(r => r.Regret[^1] - r.Regret[59]):0}; the best plan of an intent on top in {found} of {Runs * 2}");
            Say($"  by their means in the first run: {string.Join("; ", results[0].Ranking.Select(r => string.Join(' ', r.Select(t => t[^1]))))}, in truth {string.Join("; ", SimulatedWorld.TrueRanking.Select(r => string.Join(' ', r.Select(t => t[^1]))))}");
            var line = Enumerable.Range(0, results[0].Regret.Count).Select(i => ((i + 1) * SimulatedWorld.UsersPerSnapshot / 1000.0, Y: results.Average(r => r.Regret[i])));
            // What leaves the chart ends at its edge; the legend says where it comes to.
            lines.Add(new ChartLine(FormattableString.Invariant($"{name}: {last.Average():0} in the end"), color, [(0, 0), .. line.TakeWhile(p => p.Y <= top)]));
        }
        await WriteAsync($"learning-regret-{places}.svg", new LineChart($"Regret of the plan: {plan}", "users, in thousands", 0, 20, 4, $"lost successes, mean of {Runs} runs", top, 100, lines) { IsShare = false });
    }

    [Test]
    public async Task Shrinkage_IsDrawn()
    {
        var runs = Enumerable.Range(1, Runs).Select(SmallOrganizations.Run).ToList();
        var means = Enumerable.Range(0, SmallOrganizations.Outcomes.Length).Select(i => new SmallOrganizations.Errors(runs[0][i].Outcomes, runs.Average(r => r[i].Alone), runs.Average(r => r[i].OfAll), runs.Average(r => r[i].Shrunk))).ToList();
        foreach (var e in means)
            Say($"{e.Outcomes} outcomes: alone {e.Alone:0.000}, of all {e.OfAll:0.000}, shrunk {e.Shrunk:0.000}");
        ChartLine Line(string name, string color, Func<SmallOrganizations.Errors, double> error) => new(name, color, [.. means.Select(e => ((double)e.Outcomes, error(e)))]);
        await WriteAsync("learning-shrinkage.svg", new LineChart(
            "Error of the share believed of an organisation", "outcomes of each organisation", 0, 200, 25, "root mean square error", 0.16, 0.02,
            [Line("shrunk to all", "#1f6feb", e => e.Shrunk), Line("alone", "#bc4c00", e => e.Alone), Line("mean of all", "#57606a", e => e.OfAll)]));
    }

    private static Task WriteAsync(string name, LineChart chart, [CallerFilePath] string here = "") =>
        File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "services", "Analytics", "figures", name), chart.ToSvg());

    private static void Say(FormattableString line) => TestContext.Progress.WriteLine(FormattableString.Invariant(line));
}

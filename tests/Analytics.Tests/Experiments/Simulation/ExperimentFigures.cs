using System.Runtime.CompilerServices;

namespace PromptPlatform.Analytics.Tests.Experiments.Simulation;

/// <summary>
/// Draws what <c>services/Analytics/README.md</c> shows of experiments, and says the figures that stand there; run it by name:
/// <c>dotnet test tests/Analytics.Tests --filter FullyQualifiedName~ExperimentFigures</c>. Same seeds, same figures.
/// </summary>
[Explicit("takes minutes and writes services/Analytics/figures")]
public sealed class ExperimentFigures
{
    private const int Users = 20_000, Days = 28;
    private const double Scale = 0.02;
    private static readonly double[] s_effects = [-0.02, 0, 0.005, 0.01, 0.015, 0.02, 0.03];

    [Test]
    public void NoEffect_In1000Runs()
    {
        var looks = Looks(0, 1_000);

        Say($"A/A, 1,000 runs of {Users} users, a look on each of {Days} days: {Share(looks, l => l.Found > 0):0.0 %} found an effect; peeking with a test for one look: {Share(looks, l => l.FoundByPeeking > 0):0.0 %}; that test on the last day only: {Share(looks, l => l.FoundAtTheEnd):0.0 %}");
        var chart = new LineChart(
            "1,000 A/A runs: share that has claimed an effect", "day of the experiment, one look a day", 0, Days, 7, "share of the runs", 0.35, 0.05,
            [
                new("this service", "#0969da", ByDay(looks, l => l.Found)),
                new("t-test at each look", "#cf222e", ByDay(looks, l => l.FoundByPeeking)),
                new("5 %, the most allowed", "#8c959f", [(0, 0.05), (Days, 0.05)]),
            ]);
        Write("experiments-no-effect.svg", chart);
        Assert.That(Share(looks, l => l.Found > 0), Is.LessThanOrEqualTo(0.05));
    }

    [Test]
    public void KnownEffects_In500RunsEach()
    {
        var found = new List<(double X, double Y)>();
        var once = new List<(double X, double Y)>();
        foreach (double effect in s_effects)
        {
            var looks = Looks(effect, 500);
            var days = looks.Where(l => l.Found > 0).Select(l => l.Found).Order().ToList();
            Say($"effect {effect * 100:+0.0;-0.0} points: found in {Share(looks, l => l.Found > 0):0.0 %}, median day {(days.Count > 0 ? days[days.Count / 2] : 0)}; one look at the end {Share(looks, l => l.FoundAtTheEnd):0.0 %}; truth ever outside the interval {Share(looks, l => l.MissedTruth):0.0 %}");
            if (effect < 0)
                continue;
            found.Add((effect * 100, Share(looks, l => l.Found > 0)));
            once.Add((effect * 100, Share(looks, l => l.FoundAtTheEnd)));
        }
        Write("experiments-power.svg", new LineChart(
            "Known effects: share of 500 runs that find them within 28 days", "true effect, points of the share of ratings up", 0, 3, 0.5, "share of the runs", 1, 0.2,
            [new("this service, a look each day", "#0969da", found), new("t-test, one look on day 28", "#8c959f", once)]));
        Assert.That(found[^1].Y, Is.GreaterThan(0.95));
    }

    private static List<DailyLooks> Looks(double effect, int runs) =>
        [.. Enumerable.Range(1, runs).AsParallel().AsOrdered().Select(seed => DailyLooks.Of(new SimulatedWorld(Users, Days, effect), Scale, seed))];

    private static List<(double X, double Y)> ByDay(List<DailyLooks> looks, Func<DailyLooks, int> day) =>
        [.. Enumerable.Range(0, Days + 1).Select(d => ((double)d, Share(looks, l => day(l) > 0 && day(l) <= d)))];

    private static double Share(List<DailyLooks> looks, Func<DailyLooks, bool> which) => looks.Count(which) / (double)looks.Count;

    private static void Write(string name, LineChart chart, [CallerFilePath] string here = "")
    {
        string folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "services", "Analytics", "figures"));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), chart.ToSvg());
    }

    private static void Say(FormattableString line) => TestContext.Progress.WriteLine(line.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

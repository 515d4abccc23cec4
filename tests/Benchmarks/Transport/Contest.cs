namespace PromptPlatform.Benchmarks.Transport;

/// <summary>One of those that are compared.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="RunAsync">One run.</param>
internal sealed record Contender(string Name, Func<Task<Figures>> RunAsync);

/// <summary>Runs of several contenders, in rounds: all take part in each, so that what else the machine does meets all of them.</summary>
internal sealed class Contest
{
    private const int Rounds = 5;

    private readonly Dictionary<string, List<Figures>> runs = [];

    private Contest()
    {
    }

    /// <summary>One run each to warm up, then the rounds; every second one in reverse order.</summary>
    public static async Task<Contest> HoldAsync(params Contender[] contenders)
    {
        var contest = new Contest();
        foreach (var contender in contenders)
        {
            contest.runs[contender.Name] = [];
            await contender.RunAsync();
        }

        for (int round = 0; round < Rounds; round++)
        {
            foreach (var contender in round % 2 == 0 ? contenders : contenders.Reverse())
            {
                contest.runs[contender.Name].Add(await contender.RunAsync());
            }
        }

        return contest;
    }

    /// <summary>Those who took part.</summary>
    public IEnumerable<string> Names => runs.Keys;

    /// <summary>Medians over the rounds.</summary>
    public Figures Of(string name) => Figures.MedianOf(runs[name]);

    /// <summary>Requests per second of one over those of the other: the median of the ratios of the rounds, and the lowest and highest of them.</summary>
    public (double Median, double Low, double High) Ratio(string name, string baseline)
    {
        double[] ratios = [.. runs[name].Zip(runs[baseline], (one, other) => one.PerSecond / other.PerSecond)];
        return (Figures.Median(ratios), ratios.Min(), ratios.Max());
    }
}

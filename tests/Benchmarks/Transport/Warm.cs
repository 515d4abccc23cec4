namespace PromptPlatform.Benchmarks.Transport;

/// <summary>The runs before the first that counts: the runtime compiles its hot methods anew, and in the background, while they run.</summary>
internal static class Warm
{
    private const int FewestRuns = 3;
    private const int MostRuns = 8;
    private const double Gain = 1.05;

    /// <summary>Runs until a run is not noticeably faster than the best before it.</summary>
    public static async Task UpAsync(Func<Task<Figures>> runAsync)
    {
        double best = 0;
        for (int run = 0; run < MostRuns; run++)
        {
            double now = (await runAsync()).PerSecond;
            if (run >= FewestRuns && now < best * Gain)
            {
                return;
            }

            best = Math.Max(best, now);
        }
    }
}

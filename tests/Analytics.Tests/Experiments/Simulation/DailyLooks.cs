using PromptPlatform.Analytics.Experiments.Statistics;

namespace PromptPlatform.Analytics.Tests.Experiments.Simulation;

/// <summary>What somebody who looks every day sees of one run. Days count from 1; 0: never.</summary>
/// <param name="Found">First day on which the interval that holds at every look leaves zero out.</param>
/// <param name="FoundByPeeking">First day on which a test that is made for one look says p below 0.05.</param>
/// <param name="FoundAtTheEnd">Whether that test says so on the last day.</param>
/// <param name="MissedTruth">Whether the interval ever left the true effect out.</param>
internal sealed record DailyLooks(int Found, int FoundByPeeking, bool FoundAtTheEnd, bool MissedTruth)
{
    private const double Alpha = 0.05;
    private static readonly double s_once = Normal.Quantile(1 - Alpha / 2);

    public static DailyLooks Of(SimulatedWorld world, double scale, int seed)
    {
        int day = 0, found = 0, peeked = 0;
        bool end = false, missed = false;
        foreach (var (control, treatment) in world.Run(seed))
        {
            day++;
            if (Comparison.Of(control.Sums, treatment.Sums, scale, Alpha) is not { } seen)
                continue;
            if (found == 0 && seen.Difference is ({ Low: > 0 } or { High: < 0 }))
                found = day;
            missed |= seen.Difference.Low > world.Effect || seen.Difference.High < world.Effect;
            end = Math.Abs(seen.Difference.Value) > s_once * Math.Sqrt(control.Sums.Variance + treatment.Sums.Variance);
            if (peeked == 0 && end)
                peeked = day;
        }
        return new(found, peeked, end, missed);
    }
}

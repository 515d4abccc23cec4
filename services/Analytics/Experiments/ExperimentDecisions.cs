using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>What to do, in words. Pure.</summary>
internal static class ExperimentDecisions
{
    public static ExperimentDecision Decide(ExperimentAnalysis analysis, IReadOnlyList<ArmComparison> comparisons, SampleRatioCheck sampleRatio)
    {
        if (sampleRatio.Broken)
            return Say("distrust", "", "The arms did not get units in their shares, which chance would do in one of 1,000 experiments at most. Something else decides who is seen where: find it before you believe any figure.");
        var metric = analysis.Metric;
        var best = comparisons.Where(c => c.Verdict == "better").MinBy(c => metric.Harm(c.Difference));
        if (best is not null)
            return Say("ship", best.Arm, $"{best.Arm} is better: {metric.Name} differs from the control's by {Number(best.Difference)} ({Number(best.Low)} to {Number(best.High)}, at every look). Make its overlay your policy.");
        if (comparisons.All(c => c.Verdict is "worse" or "stopped"))
            return Say("keep_control", "", "No arm beside the control is left that is not worse. Keep your policy as it is.");
        if (comparisons.All(c => c.Verdict is "worse" or "stopped" or "no_difference"))
            return Say("no_difference", "", $"What difference there is in {metric.Name} is smaller than the smallest that matters to you. Take whichever is simpler.");
        if (analysis.IsStopped)
            return Say("undecided", "", "The experiment was stopped before it could tell. Plan the next one with the power calculator.");
        var open = comparisons.Where(c => c.Verdict is "undecided" or "too_few_units").ToList();
        double? needed = open.Max(c => analysis.UnitsNeeded(c.Arm));
        return Say("wait", "", needed is { } units
            ? $"Not decided yet. At the spread seen so far the smallest difference that matters shows at about {Math.Ceiling(units).ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} units per arm, most often earlier if there is one."
            : $"Too few units yet: intervals begin at {Statistics.Interval.FewestUnits} units per arm that have shown {metric.Name}.");
    }

    private static ExperimentDecision Say(string action, string arm, string text) => new() { Action = action, Arm = arm, Text = text };

    private static string Number(double value) => value.ToString("+0.####;-0.####;0", System.Globalization.CultureInfo.InvariantCulture);
}

using PromptPlatform.Analytics.Experiments.Statistics;
using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>What the sums of an experiment's arms say. Pure.</summary>
/// <param name="experiment">Which one.</param>
/// <param name="sums">By arm and metric; an arm without an entry has seen nobody.</param>
internal sealed class ExperimentAnalysis(StoredExperiment experiment, IReadOnlyDictionary<(string Arm, string Metric), ArmSums> sums)
{
    /// <summary>How often the comparisons of an experiment may be wrong, all arms together.</summary>
    public const double Alpha = 0.05;

    private readonly ExperimentDefinition _definition = experiment.Definition;

    private string Control => _definition.Arms[0].Key;

    private IEnumerable<ExperimentArm> Treatments => _definition.Arms.Skip(1);

    private double AlphaOfOne => Alpha / (_definition.Arms.Count - 1);

    /// <summary>Whether no more units will come.</summary>
    public bool IsStopped => experiment.State == StoredExperiment.Stopped;

    /// <summary>The metric that the experiment is about.</summary>
    public ExperimentMetric Metric => ExperimentMetric.Find(_definition.Goal.Metric)!;

    public IEnumerable<ArmResult> Arms() => _definition.Arms.Select(arm =>
    {
        var (all, own) = (Of(arm.Key, ExperimentMetric.Degraded), Of(arm.Key, Metric));
        var result = new ArmResult { Arm = arm.Key, Weight = arm.Weight, Units = all.Units, Enhancements = all.N, Observations = own.N };
        if (Interval.Of(own, _definition.Goal.MinimumEffect, Alpha) is { } interval)
            (result.Value, result.Low, result.High) = (interval.Value, interval.Low, interval.High);
        return result;
    });

    public IEnumerable<ArmComparison> Comparisons() => Treatments.Select(arm =>
    {
        var compared = Comparison.Of(Of(Control, Metric), Of(arm.Key, Metric), _definition.Goal.MinimumEffect, AlphaOfOne);
        var result = new ArmComparison { Arm = arm.Key, Verdict = Verdict(arm.Key, compared) };
        if (compared is { } known)
            (result.Difference, result.Low, result.High, result.PValue) = (known.Difference.Value, known.Difference.Low, known.Difference.High, known.PValue);
        return result;
    });

    /// <summary>Every bound for every arm beside the control.</summary>
    public IEnumerable<GuardrailResult> Guardrails() =>
        from guardrail in _definition.Guardrails
        let metric = ExperimentMetric.Find(guardrail.Metric)!
        from arm in Treatments
        select Guard(guardrail, metric, arm.Key);

    /// <summary>Over the arms that still assign: the others ceased to while these went on.</summary>
    public SampleRatioCheck SampleRatio()
    {
        var live = experiment.LiveArms.ToList();
        double weight = live.Sum(a => a.Weight);
        double p = live.Count < 2 ? 1 : Statistics.SampleRatio.PValue([.. live.Select(a => Of(a.Key, ExperimentMetric.Degraded).Units)], [.. live.Select(a => a.Weight / weight)]);
        return new() { PValue = p, Broken = p < Statistics.SampleRatio.Alarm };
    }

    /// <summary>Units per arm at which the smallest effect that matters would be seen with 80 % power, at the variance seen so far.</summary>
    public double? UnitsNeeded(string arm)
    {
        var (control, own) = (Of(Control, Metric), Of(arm, Metric));
        double variance = control.Variance * control.Units + own.Variance * own.Units;
        return Interval.IsEnough(control) && Interval.IsEnough(own) && variance > 0 ? SampleSize.Sequential(variance, _definition.Goal.MinimumEffect, AlphaOfOne, 0.8) : null;
    }

    private GuardrailResult Guard(ExperimentGuardrail guardrail, ExperimentMetric metric, string arm)
    {
        var result = new GuardrailResult { Metric = metric.Name, Arm = arm, MaxWorse = guardrail.MaxWorse };
        if (Comparison.Of(Of(Control, metric), Of(arm, metric), guardrail.MaxWorse, AlphaOfOne) is { Difference: var difference })
        {
            double[] ends = [metric.Harm(difference.Low), metric.Harm(difference.High)];
            (result.WorseBy, result.Low, result.High) = (metric.Harm(difference.Value), ends.Min(), ends.Max());
            result.Broken = result.Low > guardrail.MaxWorse;
        }
        return result;
    }

    private string Verdict(string arm, Comparison? compared)
    {
        if (experiment.IsStopped(arm))
            return "stopped";
        if (compared is not { Difference: var difference })
            return "too_few_units";
        if (difference.Low > 0 || difference.High < 0)
            return Metric.Harm(difference.Value) < 0 ? "better" : "worse";
        double small = _definition.Goal.MinimumEffect;
        return difference.Low > -small && difference.High < small ? "no_difference" : "undecided";
    }

    private ArmSums Of(string arm, ExperimentMetric metric) => sums.GetValueOrDefault((arm, metric.Name));
}

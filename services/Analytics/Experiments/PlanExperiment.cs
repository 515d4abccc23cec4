using PromptPlatform.Analytics.Experiments.Statistics;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>How many units an experiment needs, before it begins.</summary>
internal static class PlanExperiment
{
    private const double DefaultPower = 0.8, Most = 1e9, MostUnits = 1e12;

    /// <summary>Answers GET /v1/experiments:power.</summary>
    public static PlanExperimentResponse Handle(PlanExperimentRequest request)
    {
        var metric = ExperimentRules.Metric("metric", request.Metric);
        double effect = request.MinimumEffect, power = request.Power == 0 ? DefaultPower : request.Power, clustering = request.Clustering == 0 ? 1 : request.Clustering;
        int arms = request.Arms == 0 ? 2 : request.Arms;
        var errors = new List<FieldError>();
        Require(power is >= 0.5 and <= 0.99, "power", "must be 0.5 to 0.99", errors);
        Require(arms is >= 2 and <= 10, "arms", "must be 2 to 10, the control included", errors);
        Require(clustering is >= 1 and <= 100, "clustering", "must be 1 to 100; 1: a unit's enhancements are no more alike than those of others", errors);
        Require(Math.Abs(effect) is >= 1e-9 and <= Most, "minimumEffect", "must be a number other than 0, in the unit of the metric", errors);
        Require(request.UnitsPerDay is >= 0 and <= Most, "unitsPerDay", "must be 0 or more", errors);
        if (metric.IsShare)
            Require(request.Baseline is > 0 and < 1 && request.Baseline + effect is > 0 and < 1, "baseline", "must be between 0 and 1, and so must it be with the effect", errors);
        else
            Require(request.Deviation is >= 1e-9 and <= Most, "deviation", $"must be above 0: {metric.Name} is no share, so its spread over units has to be told", errors);
        if (errors.Count > 0)
            throw RequestException.Invalid(errors);
        return Plan(request, metric, effect, power, arms, clustering);
    }

    private static PlanExperimentResponse Plan(PlanExperimentRequest request, ExperimentMetric metric, double effect, double power, int arms, double clustering)
    {
        // Each arm beside the control may be wrong with its part of 5 %.
        double alpha = ExperimentAnalysis.Alpha / (arms - 1), other = request.Baseline + effect;
        double once = metric.IsShare ? SampleSize.OfShares(request.Baseline, effect, alpha, power) : SampleSize.OfMeans(request.Deviation, effect, alpha, power);
        double variance = metric.IsShare ? request.Baseline * (1 - request.Baseline) + other * (1 - other) : 2 * request.Deviation * request.Deviation;
        double units = Math.Max(Interval.FewestUnits, Math.Ceiling(SampleSize.Sequential(variance * clustering, effect, alpha, power)));
        if (units > MostUnits)
            throw RequestException.Invalid("minimumEffect", "is so small that no number of units would show it; choose a larger one");
        var response = new PlanExperimentResponse { UnitsPerArm = units, UnitsPerArmOnce = Math.Ceiling(once * clustering), Units = units * arms };
        if (request.UnitsPerDay > 0)
            response.Days = Math.Ceiling(response.Units / request.UnitsPerDay);
        return response;
    }

    private static void Require(bool holds, string field, string otherwise, List<FieldError> errors)
    {
        if (!holds)
            errors.Add(new(field, otherwise));
    }
}

using System.Text.RegularExpressions;
using Google.Protobuf.Collections;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>What a definition must be. Overlays are checked by Enhancement before they come here.</summary>
internal static partial class ExperimentRules
{
    public const int MaxReason = 300;
    private const int MaxArms = 10, MaxGuardrails = 10, MaxNames = 32, MaxHypothesis = 1_000, MaxBytes = 128 * 1024;
    private const double LeastShare = 0.001, LeastWeight = 0.01, MaxValue = 1e9, Rounding = 1e-6;

    private static readonly string s_metrics = string.Join(", ", ExperimentMetric.All.Select(m => m.Name));

    /// <summary>The definition with its defaults filled in; every fault is named.</summary>
    public static ExperimentDefinition Check(ExperimentDefinition given)
    {
        TextRules.CheckText("hypothesis", given.Hypothesis, MaxHypothesis);
        var definition = given.Clone();
        definition.Layer = given.Layer.Length == 0 ? "default" : given.Layer;
        definition.Unit = given.Unit.Length == 0 ? "user" : given.Unit;
        var errors = new List<FieldError>();
        if (!Key().IsMatch(definition.Key))
            errors.Add(new("key", "must be 1 to 64 of a-z, 0-9 and -, such as shorter-answers"));
        if (!Key().IsMatch(definition.Layer))
            errors.Add(new("layer", "must be 1 to 64 of a-z, 0-9 and -, such as default"));
        if (definition.Unit is not ("user" or "key" or "end_user"))
            errors.Add(new("unit", "must be user, key or end_user"));
        CheckShare(definition.Share, errors);
        CheckArms(definition.Arms, errors);
        CheckEligibility(definition.Eligibility ?? new(), errors);
        CheckSize(definition.Goal?.Metric ?? "", definition.Goal?.MinimumEffect ?? 0, "goal", "minimumEffect", errors);
        if (definition.Guardrails.Count > MaxGuardrails)
            errors.Add(new("guardrails", $"has {definition.Guardrails.Count} entries; the limit is {MaxGuardrails}"));
        for (int i = 0; i < Math.Min(definition.Guardrails.Count, MaxGuardrails); i++)
            CheckSize(definition.Guardrails[i].Metric, definition.Guardrails[i].MaxWorse, $"guardrails/{i}", "maxWorse", errors);
        if (definition.Guardrails.GroupBy(g => g.Metric).Any(g => g.Count() > 1))
            errors.Add(new("guardrails", "name a metric twice; give each one bound"));
        if (errors.Count > 0)
            throw RequestException.Invalid(errors);
        return definition.CalculateSize() <= MaxBytes ? definition
            : throw RequestException.TooLarge("arms", $"and the rest of the definition have more than {MaxBytes} bytes; take rules out of the overlays");
    }

    /// <summary>Refuses a share that is none.</summary>
    public static void CheckShare(double share)
    {
        var errors = new List<FieldError>();
        CheckShare(share, errors);
        if (errors.Count > 0)
            throw RequestException.Invalid(errors);
    }

    /// <summary>The metric of a name.</summary>
    public static ExperimentMetric Metric(string field, string name) =>
        ExperimentMetric.Find(name) ?? throw RequestException.Invalid(field, $"is no metric; choose from {s_metrics}");

    private static void CheckShare(double share, List<FieldError> errors)
    {
        if (share is not (>= LeastShare and <= 1))
            errors.Add(new("share", FormattableString.Invariant($"must be {LeastShare} to 1; 0.1 is a tenth of the layer's units")));
    }

    private static void CheckArms(RepeatedField<ExperimentArm> arms, List<FieldError> errors)
    {
        if (arms.Count is < 2 or > MaxArms)
        {
            errors.Add(new("arms", $"has {arms.Count} entries; send 2 to {MaxArms}, the first of them the control"));
            return;
        }
        for (int i = 0; i < arms.Count; i++)
        {
            if (!ArmKey().IsMatch(arms[i].Key))
                errors.Add(new($"arms/{i}/key", "must be 1 to 32 of a-z, 0-9 and -, such as control"));
            else if (arms.Take(i).Any(other => other.Key == arms[i].Key))
                errors.Add(new($"arms/{i}/key", "is the key of an arm before; give each its own"));
            if (arms[i].Weight is not (>= LeastWeight and <= 1))
                errors.Add(new($"arms/{i}/weight", FormattableString.Invariant($"must be {LeastWeight} to 1")));
        }
        double sum = arms.Sum(a => a.Weight);
        if (!(Math.Abs(sum - 1) <= Rounding))
            errors.Add(new("arms", FormattableString.Invariant($"have weights that add up to {sum:0.######}; they must add up to 1")));
        if (arms[0].Overlay is { } overlay && overlay.CalculateSize() > 0)
            errors.Add(new("arms/0/overlay", "must be empty: the first arm is the control, your policy as it stands"));
    }

    private static void CheckEligibility(ExperimentEligibility eligibility, List<FieldError> errors)
    {
        CheckNames("intents", eligibility.Intents, errors);
        CheckNames("domains", eligibility.Domains, errors);
        CheckNames("languages", eligibility.Languages, errors);
        CheckNames("families", eligibility.Families, errors);
    }

    // Which names there are is known to Enhancement, which has looked at them.
    private static void CheckNames(string field, RepeatedField<string> names, List<FieldError> errors)
    {
        if (names.Count > MaxNames)
            errors.Add(new($"eligibility/{field}", $"has {names.Count} entries; the limit is {MaxNames}"));
    }

    private static void CheckSize(string metric, double size, string path, string sizeField, List<FieldError> errors)
    {
        var known = ExperimentMetric.Find(metric);
        if (known is null)
            errors.Add(new(path + "/metric", $"is no metric; choose from {s_metrics}"));
        double most = known?.IsShare == true ? 1 : MaxValue;
        if (size is not (>= 1e-9 and <= MaxValue) || size > most)
            errors.Add(new($"{path}/{sizeField}", FormattableString.Invariant($"must be above 0, up to {most}, in the unit of the metric")));
    }

    [GeneratedRegex("^[a-z0-9-]{1,64}$(?!\n)")]
    private static partial Regex Key();

    [GeneratedRegex("^[a-z0-9-]{1,32}$(?!\n)")]
    private static partial Regex ArmKey();
}

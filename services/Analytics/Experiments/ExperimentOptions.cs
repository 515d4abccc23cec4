using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>Settings of experiments, section <c>Analytics:Experiments</c>.</summary>
internal sealed class ExperimentOptions
{
    /// <summary>Time between two looks at the guardrails of everything that runs.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan GuardrailInterval { get; set; } = TimeSpan.FromMinutes(1);
}

using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Analytics.Learning;

/// <summary>Learning from outcomes, section <c>Analytics:Learning</c>.</summary>
internal sealed class LearningOptions
{
    /// <summary>Time between two sums over all organisations.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan CommonInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Days after which an outcome weighs half; 0: nothing is forgotten.</summary>
    [Range(0, 3650)]
    public int HalfLifeDays { get; set; }
}

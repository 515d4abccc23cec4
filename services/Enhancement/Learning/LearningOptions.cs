using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Enhancement.Learning;

/// <summary>Use of what organisations have learned, section <c>Enhancement:Learning</c>.</summary>
internal sealed class LearningOptions
{
    /// <summary>Time between two looks for newer snapshots: the longest until a change of the settings, a reset or an outcome counts here.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long Analytics may take for one answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}

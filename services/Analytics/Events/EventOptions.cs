using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Analytics.Events;

/// <summary>Keeping of events, section <c>Analytics:Events</c>.</summary>
internal sealed class EventOptions
{
    /// <summary>Days for which events are kept; an organisation may choose fewer.</summary>
    [Range(40, 1100)]
    public int RetentionDays { get; set; } = 400;
}

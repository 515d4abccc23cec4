using System.Globalization;
using PromptPlatform.Events;

namespace PromptPlatform.Analytics.Events;

/// <summary>What happens on the platform, as events. Nobody is known as their actor.</summary>
internal static class PlatformEvents
{
    public static ProductEvent Of(PromptEnhanced happened) => ProductEvent.Of(happened.EventId, EventRules.PromptEnhanced, null, happened.At, happened.At, new Dictionary<string, string>
    {
        ["enhancement"] = happened.EnhancementId.ToString(),
        ["intent"] = happened.Intent,
        ["domain"] = happened.Domain,
        ["complexity"] = happened.Complexity,
        ["language"] = happened.Language,
        ["family"] = happened.TargetFamily,
        ["techniques"] = string.Join(' ', happened.Techniques),
        ["degraded"] = happened.Degraded ? "true" : "false",
    });

    public static ProductEvent Of(FeedbackSubmitted happened) => ProductEvent.Of(happened.EventId, EventRules.FeedbackSubmitted, null, happened.At, happened.At, new Dictionary<string, string>
    {
        ["enhancement"] = happened.EnhancementId.ToString(),
        ["rating"] = happened.Rating,
        ["stars"] = happened.Stars?.ToString(CultureInfo.InvariantCulture) ?? "",
        ["outcome"] = happened.Outcome,
    });
}

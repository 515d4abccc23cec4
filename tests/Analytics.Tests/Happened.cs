using System.Globalization;
using PromptPlatform.Events;

namespace PromptPlatform.Analytics.Tests;

/// <summary>Events for tests.</summary>
internal static class Happened
{
    public static PromptEnhanced Enhanced(Guid orgId, string at, bool degraded = false, double totalMs = 4) => new(
        Guid.NewGuid(), At(at), orgId, Guid.NewGuid(), "translation", "general", "simple", "en", "gpt", ["few-shot"], 10, 50, 40, 80, 1, totalMs, degraded);

    public static FeedbackSubmitted Feedback(Guid orgId, Guid enhancementId, string at, string rating, string previous = "") =>
        new(Guid.NewGuid(), At(at), orgId, enhancementId, rating, previous, null, "");

    /// <summary>An enhancement of which everything is told.</summary>
    public static PromptEnhanced Told(Guid orgId, Guid enhancementId, string at) => Enhanced(orgId, at) with
    {
        EnhancementId = enhancementId,
        Actor = "key_1",
        Words = 21,
        Changed = true,
        Variations = 2,
        CostUsd = 0.0000625m,
        ExperimentId = "exp_1",
        ExperimentArm = "b",
    };

    private static DateTimeOffset At(string at) => DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
}

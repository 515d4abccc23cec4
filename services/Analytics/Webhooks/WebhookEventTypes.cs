namespace PromptPlatform.Analytics.Webhooks;

/// <summary>The types of events that webhooks can take.</summary>
internal static class WebhookEventTypes
{
    /// <summary>All types, those to come too.</summary>
    public const string All = "*";

    /// <summary>A prompt was enhanced.</summary>
    public const string PromptEnhanced = "prompt_enhanced";

    /// <summary>Somebody judged an enhancement.</summary>
    public const string FeedbackSubmitted = "feedback_submitted";

    /// <summary>Sent on demand to one webhook, whatever types it takes.</summary>
    public const string Test = "webhook_test";

    /// <summary>What a webhook can ask for.</summary>
    public static readonly string[] Known = [PromptEnhanced, FeedbackSubmitted];
}

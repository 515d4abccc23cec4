using System.Text.Json;
using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>
/// The JSON of events as webhooks send them: what happened and to what, and no text of anybody. Who wants to know more asks the API for the id.
/// </summary>
internal static class WebhookPayload
{
    public static string PublicEventId(Guid eventId) => PublicId.Format("evt", eventId);

    public static string Of(PromptEnhanced happened) => Write(happened, WebhookEventTypes.PromptEnhanced, new
    {
        EnhancementId = PublicId.Format("enh", happened.EnhancementId),
        happened.Intent,
        happened.Domain,
        happened.Complexity,
        happened.Language,
        happened.TargetFamily,
        happened.Techniques,
        happened.TokensBefore,
        happened.TokensAfter,
        happened.ScoreBefore,
        happened.ScoreAfter,
        happened.Degraded,
    });

    public static string Of(FeedbackSubmitted happened) => Write(happened, WebhookEventTypes.FeedbackSubmitted, new
    {
        EnhancementId = PublicId.Format("enh", happened.EnhancementId),
        happened.Rating,
        happened.PreviousRating,
        happened.Stars,
        happened.Outcome,
    });

    /// <summary>An event that tells of nothing.</summary>
    public static string Test(Guid eventId, Guid orgId, Guid webhookId, DateTimeOffset now) =>
        Write(eventId, now, orgId, WebhookEventTypes.Test, new { WebhookId = PublicId.Format(Webhook.Prefix, webhookId) });

    private static string Write<TData>(IPlatformEvent happened, string type, TData data) => Write(happened.EventId, happened.At, happened.OrgId, type, data);

    private static string Write<TData>(Guid eventId, DateTimeOffset at, Guid orgId, string type, TData data) => JsonSerializer.Serialize(
        new { Id = PublicEventId(eventId), Type = type, CreatedAt = at.UtcDateTime, OrganizationId = PublicId.Format("org", orgId), Data = data }, JsonSerializerOptions.Web);
}

using System.Net;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>One event on its way to one webhook.</summary>
/// <param name="Id">Its id; later ones sort later.</param>
/// <param name="EventId">The event, the same in every repetition.</param>
/// <param name="EventType">Its type.</param>
/// <param name="Payload">The JSON that is sent, byte for byte the same each time.</param>
/// <param name="ReplayOf">The delivery that this one repeats.</param>
/// <param name="NextAttemptAt">When it is tried next.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record WebhookDelivery(Guid Id, Guid EventId, string EventType, string Payload, Guid? ReplayOf, DateTimeOffset NextAttemptAt, DateTimeOffset CreatedAt)
{
    public const string Prefix = "whd";
    public const string Noun = "webhook delivery";
    public const string Pending = "pending";
    public const string Delivered = "delivered";
    public const string Failed = "failed";

    /// <summary>pending, delivered or failed.</summary>
    public string Status { get; init; } = Pending;

    /// <summary>Attempts begun.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>HTTP status of the last attempt; 0 without an answer.</summary>
    public int ResponseStatus { get; init; }

    public string ResponseStart { get; init; } = "";

    public string Error { get; init; } = "";

    public int DurationMs { get; init; }

    public string PublicId => ServiceDefaults.Text.PublicId.Format(Prefix, Id);

    /// <summary>A delivery that is due at once.</summary>
    public static WebhookDelivery Make(Guid eventId, string type, string payload, Guid? replayOf, DateTimeOffset now) =>
        new(Guid.CreateVersion7(now), eventId, type, payload, replayOf, now, now);
}

/// <summary>A delivery that this process sends now.</summary>
/// <param name="Claim">Whose it is; another process that took it later has another.</param>
/// <param name="Attempt">This attempt, from 1.</param>
/// <param name="Secret">The encrypted secret.</param>
/// <param name="PreviousSecret">The one before, while it signs too.</param>
internal sealed record ClaimedDelivery(
    Guid OrgId, Guid WebhookId, Guid DeliveryId, Guid Claim, Guid EventId, string EventType, string Payload, int Attempt, string Url, byte[] Secret, byte[]? PreviousSecret);

/// <summary>How a delivery stands after an attempt.</summary>
internal sealed record DeliveryState(string Status, DateTimeOffset NextAttemptAt);

/// <summary>What came of an attempt.</summary>
/// <param name="At">When it began.</param>
/// <param name="Status">HTTP status; 0 without an answer.</param>
/// <param name="Start">The beginning of the answer.</param>
/// <param name="Error">Why it failed; empty when it did not.</param>
/// <param name="RetryAfter">What the endpoint asked us to wait.</param>
internal sealed record SendResult(DateTimeOffset At, int Status, string Start, string Error, TimeSpan Duration, TimeSpan? RetryAfter)
{
    public bool IsSuccess => Error.Length == 0;

    /// <summary>The endpoint wants no more events.</summary>
    public bool IsGone => Status == (int)HttpStatusCode.Gone;
}

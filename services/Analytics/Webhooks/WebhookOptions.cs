using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>Sending of webhooks, section <c>Analytics:Webhooks</c>.</summary>
internal sealed class WebhookOptions
{
    /// <summary>Whether this replica sends; false leaves it to others.</summary>
    public bool Send { get; set; } = true;

    /// <summary>For development: takes http and https of this machine's loopback addresses too.</summary>
    public bool AllowLoopback { get; set; }

    /// <summary>Webhooks that an organisation may have.</summary>
    [Range(1, 1000)]
    public int MaxPerOrganization { get; set; } = 100;

    /// <summary>Sendings at the same time by this replica.</summary>
    [Range(1, 10_000)]
    public int MaxSendings { get; set; } = 256;

    /// <summary>Sendings at the same time to one webhook, by all replicas together.</summary>
    [Range(1, 100)]
    public int MaxSendingsPerWebhook { get; set; } = 4;

    /// <summary>Time for one sending, from the resolution of the name to the answer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:20")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A webhook that failed for this long, and for <see cref="DisableAfterFailures"/> attempts without one success, is disabled.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan DisableAfter { get; set; } = TimeSpan.FromDays(3);

    /// <inheritdoc cref="DisableAfter"/>
    [Range(1, 1000)]
    public int DisableAfterFailures { get; set; } = 10;

    /// <summary>Days for which the delivery log is kept.</summary>
    [Range(1, 90)]
    public int LogDays { get; set; } = 30;
}

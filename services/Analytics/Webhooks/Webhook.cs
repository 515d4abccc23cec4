using System.Buffers.Text;
using System.Security.Cryptography;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>A webhook without its secret.</summary>
/// <param name="Id">Its id; later ones sort later.</param>
/// <param name="Revision">Counts its changes.</param>
/// <param name="Url">Where events go.</param>
/// <param name="Events">The types it takes.</param>
/// <param name="Description">What its owner says of it.</param>
/// <param name="IsEnabled">Whether events go there.</param>
/// <param name="DisabledReason">Why they do not; empty while they do.</param>
/// <param name="ConsecutiveFailures">Attempts that failed since the last that did not.</param>
/// <param name="FailingSince">When the first of them failed.</param>
/// <param name="LastSuccessAt">When an event was last taken.</param>
/// <param name="PreviousSecretUntil">Until when the secret before the present one signs too.</param>
internal sealed record Webhook(
    Guid Id, int Revision, string Url, string[] Events, string Description, bool IsEnabled, string DisabledReason,
    int ConsecutiveFailures, DateTimeOffset? FailingSince, DateTimeOffset? LastSuccessAt, DateTimeOffset? PreviousSecretUntil, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public const string Prefix = "whk";
    public const string Noun = "webhook";
    public const string SecretPlace = "webhooks.secret";
    public const string DisabledByOwner = "disabled by its owner";

    public string PublicId => ServiceDefaults.Text.PublicId.Format(Prefix, Id);

    /// <summary>A new webhook; the arguments have been checked.</summary>
    public static Webhook Make(string url, string[] events, string description, DateTimeOffset now) =>
        new(Guid.CreateVersion7(now), 1, url, events, description, true, "", 0, null, null, null, now, now);

    /// <summary>256 random bits.</summary>
    public static string MakeSecret() => "whsec_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Reads an id of the API.</summary>
    public static Guid ReadId(string id) => ServiceDefaults.Text.PublicId.Parse(Prefix, Noun, id);

    /// <summary>Enabled with its failures forgotten, or disabled by its owner.</summary>
    public Webhook Switch(bool on) => on
        ? this with { IsEnabled = true, DisabledReason = "", ConsecutiveFailures = 0, FailingSince = null }
        : this with { IsEnabled = false, DisabledReason = IsEnabled ? DisabledByOwner : DisabledReason };
}

using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Auth.ApiKeys;

/// <summary>An API key without its secret.</summary>
/// <param name="KeyId">Its id; later keys sort later.</param>
/// <param name="OrgId">Whose it is.</param>
/// <param name="Name">What its owner calls it, 1 to 100 characters.</param>
/// <param name="Prefix"><c>pp_live_</c> or <c>pp_test_</c>.</param>
/// <param name="LastFour">The last four characters of the secret.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends by itself; null: never.</param>
/// <param name="RevokedAt">When it was revoked; null: it was not.</param>
/// <param name="LastUsedAt">When it was last used, to the minute; null: never.</param>
internal sealed record ApiKey(
    Guid KeyId, Guid OrgId, string Name, string Prefix, string LastFour, string[] Scopes,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt)
{
    private const int MaxNameLength = 100;
    private static readonly TimeSpan s_usedStep = TimeSpan.FromMinutes(1);

    /// <summary>The id as the API shows it.</summary>
    public string PublicKeyId => PublicId.Format("key", KeyId);

    /// <summary>A new key and its secret.</summary>
    public static (ApiKey Key, string Secret) Make(Guid orgId, string name, string prefix, string[] scopes, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        TextRules.RequireText("name", name, MaxNameLength);
        if (expiresAt <= now)
            throw RequestException.Invalid("expiresAt", "is in the past; give a later time or leave it out");
        string secret = ApiKeySecret.Make(prefix);
        return (new ApiKey(Guid.CreateVersion7(now), orgId, name, prefix, secret[^4..], scopes, now, expiresAt, null, null), secret);
    }

    /// <summary>Whether the use must be noted: the minute of the last note is over.</summary>
    public bool UseIsNews(DateTimeOffset now) => LastUsedAt is not { } last || now - last >= s_usedStep;

    /// <summary>Refuses a key that is revoked or has expired.</summary>
    public void RequireLive(DateTimeOffset now)
    {
        if (RevokedAt is not null)
            throw RequestException.Unauthenticated("the API key was revoked; use another one");
        if (ExpiresAt <= now)
            throw RequestException.Unauthenticated("the API key has expired; create a new one");
    }
}

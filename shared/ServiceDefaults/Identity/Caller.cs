namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>Who makes the call, as the verified token says.</summary>
/// <param name="Subject">The key, user or service: <c>key_…</c>, <c>svc:enhancement</c>.</param>
/// <param name="OrgId">The organisation; <see cref="Guid.Empty"/> for a service.</param>
/// <param name="KeyId">The API key behind the token, <c>key_…</c>; empty for a service.</param>
/// <param name="Scopes">What the caller may do.</param>
/// <param name="ExpiresAt">End of the token.</param>
public sealed record Caller(string Subject, Guid OrgId, string KeyId, IReadOnlySet<string> Scopes, DateTimeOffset ExpiresAt)
{
    /// <summary>True for a service of the fleet.</summary>
    public bool IsService => OrgId == Guid.Empty;
}

namespace PromptPlatform.Auth.Tokens;

/// <summary>What a token says.</summary>
/// <param name="Subject"><c>key_…</c> or <c>svc:enhancement</c>.</param>
/// <param name="OrgId">The organisation; null for a service.</param>
/// <param name="KeyId">The API key behind it, <c>key_…</c>; null for a service.</param>
/// <param name="Scopes">What its bearer may do.</param>
/// <param name="Audience">The one service that it is for.</param>
/// <param name="IssuedAt">From when it holds.</param>
/// <param name="ExpiresAt">Until when.</param>
internal sealed record TokenClaims(string Subject, Guid? OrgId, string? KeyId, IReadOnlyList<string> Scopes, string Audience, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);

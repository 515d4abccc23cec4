namespace PromptPlatform.Auth;

/// <summary>The key with which the owner of the platform begins.</summary>
/// <param name="OrgId">The operator's organisation, <c>org_…</c>.</param>
/// <param name="Secret">The key itself, <c>pp_live_…</c>; it is stored nowhere else, so its keeper guards it (mode 0600).</param>
/// <param name="Created">False when a key that was kept from an earlier start is still good.</param>
public sealed record OperatorKey(string OrgId, string Secret, bool Created);

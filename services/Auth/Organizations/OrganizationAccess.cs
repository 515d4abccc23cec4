using PromptPlatform.Auth.ApiKeys;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Auth.Organizations;

/// <summary>Who sees which organisations: the operator all, everybody else his own.</summary>
internal static class OrganizationAccess
{
    /// <summary>Begins a transaction that sees what the caller may see. Only keys of the operator can hold organizations:write.</summary>
    public static Task<TenantTransaction> BeginOrganizationsAsync(this TenantDatabase database, Caller caller, CancellationToken cancellation) =>
        caller.Scopes.Contains(KeyScopes.OrganizationsWrite) ? database.BeginPlatformAsync("operator", cancellation) : database.BeginAsync(caller.OrgId, cancellation);
}

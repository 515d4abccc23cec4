using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;
using Message = PromptPlatform.Contracts.Auth.V1.Organization;

namespace PromptPlatform.Auth.Organizations;

/// <summary>One organisation that the caller may see.</summary>
internal sealed class GetOrganization(TenantDatabase database)
{
    public async Task<Message> HandleAsync(GetOrganizationRequest request, Caller caller, CancellationToken cancellation)
    {
        var orgId = PublicId.Parse("org", "organization", request.Id);
        await using var transaction = await database.BeginOrganizationsAsync(caller, cancellation);
        var found = await OrganizationRows.FindAsync(transaction, orgId, cancellation) ?? throw RequestException.NotFound("organization", request.Id);
        return found.ToMessage();
    }
}

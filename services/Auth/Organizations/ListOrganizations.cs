using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Auth.Organizations;

/// <summary>The organisations that the caller may see, the newest first.</summary>
internal sealed class ListOrganizations(TenantDatabase database)
{
    public async Task<ListOrganizationsResponse> HandleAsync(ListOrganizationsRequest request, Caller caller, CancellationToken cancellation)
    {
        int limit = TextRules.PageSize(request.Limit);
        var before = Cursor.ReadId(request.Cursor);
        await using var transaction = await database.BeginOrganizationsAsync(caller, cancellation);
        // One more than asked for tells whether there is another page.
        var found = await OrganizationRows.ListAsync(transaction, before, limit + 1, cancellation);
        var response = new ListOrganizationsResponse { Data = { found.Take(limit).Select(o => o.ToMessage()) }, HasMore = found.Count > limit };
        if (response.HasMore)
            response.NextCursor = Cursor.Write(found[limit - 1].OrgId.ToString("N"));
        return response;
    }
}

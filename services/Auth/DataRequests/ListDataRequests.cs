using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Auth.DataRequests;

/// <summary>The organisation's data requests, the newest first.</summary>
internal sealed class ListDataRequests(TenantDatabase database, PlatformCipher cipher)
{
    public async Task<ListDataRequestsResponse> HandleAsync(ListDataRequestsRequest request, Caller caller, CancellationToken cancellation)
    {
        int limit = TextRules.PageSize(request.Limit);
        var before = Cursor.ReadId(request.Cursor);
        await using var transaction = await database.BeginAsync(caller.OrgId, cancellation);
        // One more than asked for tells whether there is another page.
        var found = await DataRequestRows.ListAsync(transaction, before, limit + 1, cancellation);
        var response = new ListDataRequestsResponse { Data = { found.Take(limit).Select(r => r.ToMessage(cipher)) }, HasMore = found.Count > limit };
        if (response.HasMore)
            response.NextCursor = Cursor.Write(found[limit - 1].Id.ToString("N"));
        return response;
    }
}

using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Auth.ApiKeys;

/// <summary>The keys of the caller's organisation, the newest first, revoked and expired ones included.</summary>
internal sealed class ListApiKeys(TenantDatabase database)
{
    public async Task<ListApiKeysResponse> HandleAsync(ListApiKeysRequest request, Caller caller, CancellationToken cancellation)
    {
        int limit = TextRules.PageSize(request.Limit);
        var before = Cursor.ReadId(request.Cursor);
        await using var transaction = await database.BeginAsync(caller.OrgId, cancellation);
        // One more than asked for tells whether there is another page.
        var keys = await ApiKeyRows.ListAsync(transaction, before, limit + 1, cancellation);
        var response = new ListApiKeysResponse { Data = { keys.Take(limit).Select(k => k.ToMessage()) }, HasMore = keys.Count > limit };
        if (response.HasMore)
            response.NextCursor = Cursor.Write(keys[limit - 1].KeyId.ToString("N"));
        return response;
    }
}

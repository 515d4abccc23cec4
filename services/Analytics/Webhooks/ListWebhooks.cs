using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>The organisation's webhooks, the newest first.</summary>
internal sealed class ListWebhooks(TenantDatabase database, TimeProvider clock)
{
    public async Task<ListWebhooksResponse> HandleAsync(ListWebhooksRequest request, Guid orgId, CancellationToken cancellation)
    {
        int limit = TextRules.PageSize(request.Limit);
        var before = Cursor.ReadId(request.Cursor);
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        // One more than asked for tells whether there is another page.
        var found = await WebhookRows.ListAsync(transaction, before, limit + 1, cancellation);
        var now = clock.GetUtcNow();
        var response = new ListWebhooksResponse { Data = { found.Take(limit).Select(w => w.ToMessage(now)) }, HasMore = found.Count > limit };
        if (response.HasMore)
            response.NextCursor = Cursor.Write(found[limit - 1].Id.ToString("N"));
        return response;
    }
}

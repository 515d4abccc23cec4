using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>The delivery log of a webhook, the newest first.</summary>
internal sealed class ListDeliveries(TenantDatabase database)
{
    public async Task<ListWebhookDeliveriesResponse> HandleAsync(ListWebhookDeliveriesRequest request, Guid orgId, CancellationToken cancellation)
    {
        var id = Webhook.ReadId(request.Id);
        int limit = TextRules.PageSize(request.Limit);
        var before = Cursor.ReadId(request.Cursor);
        string status = TextRules.OneOf("status", request.Status, "", WebhookDelivery.Pending, WebhookDelivery.Delivered, WebhookDelivery.Failed);
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        if (await WebhookRows.FindAsync(transaction, id, cancellation) is null)
            throw RequestException.NotFound(Webhook.Noun, request.Id);
        // One more than asked for tells whether there is another page.
        var found = await DeliveryRows.ListAsync(transaction, id, status, before, limit + 1, cancellation);
        var response = new ListWebhookDeliveriesResponse { Data = { found.Take(limit).Select(d => d.ToMessage()) }, HasMore = found.Count > limit };
        if (response.HasMore)
            response.NextCursor = Cursor.Write(found[limit - 1].Id.ToString("N"));
        return response;
    }
}

using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>Deletes a webhook with its delivery log; what waited is not sent.</summary>
internal sealed class DeleteWebhook(TenantDatabase database)
{
    public async Task<DeleteWebhookResponse> HandleAsync(DeleteWebhookRequest request, Guid orgId, CancellationToken cancellation)
    {
        var id = Webhook.ReadId(request.Id);
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        if (!await WebhookRows.DeleteAsync(transaction, id, cancellation))
            throw RequestException.NotFound(Webhook.Noun, request.Id);
        await transaction.CommitAsync(cancellation);
        return new DeleteWebhookResponse { Id = request.Id, Deleted = true };
    }
}

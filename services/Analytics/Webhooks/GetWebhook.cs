using Grpc.Core;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using Message = PromptPlatform.Contracts.Analytics.V1.Webhook;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>One webhook of the organisation.</summary>
internal sealed class GetWebhook(TenantDatabase database, TimeProvider clock)
{
    public async Task<Message> HandleAsync(GetWebhookRequest request, ServerCallContext call)
    {
        var id = Webhook.ReadId(request.Id);
        await using var transaction = await database.BeginAsync(call.Caller().OrgId, call.CancellationToken);
        var found = await WebhookRows.FindAsync(transaction, id, call.CancellationToken) ?? throw RequestException.NotFound(Webhook.Noun, request.Id);
        WebhookTag.Write(call, found);
        return found.ToMessage(clock.GetUtcNow());
    }
}

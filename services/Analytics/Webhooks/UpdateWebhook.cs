using Grpc.Core;
using Microsoft.Extensions.Options;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;
using Message = PromptPlatform.Contracts.Analytics.V1.Webhook;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>Changes what a request gives of a webhook. Deliveries that wait go to the new address; while it is disabled they wait on.</summary>
internal sealed class UpdateWebhook(TenantDatabase database, IOptions<WebhookOptions> options, TimeProvider clock)
{
    /// <summary>Answers PATCH /v1/webhooks/{id}. Errors: 400 and 413 naming the field, 404, 412 when it was changed since If-Match.</summary>
    public async Task<Message> HandleAsync(UpdateWebhookRequest request, ServerCallContext call)
    {
        var id = Webhook.ReadId(request.Id);
        if (request.HasUrl)
            WebhookRules.CheckUrl(request.Url, options.Value.AllowLoopback);
        string[]? events = request.Events.Count > 0 ? WebhookRules.CheckEvents(request.Events) : null;
        WebhookRules.CheckDescription(request.Description);
        string status = TextRules.OneOf("status", request.Status, "", "enabled", "disabled");
        if (request.HasStatus && status.Length == 0)
            throw RequestException.Invalid("status", "is empty; send enabled or disabled");
        if (events is null && !request.HasUrl && !request.HasDescription && !request.HasStatus)
            throw RequestException.Invalid("events", "is empty, and nothing else is to be changed; send url, events (at least one), description or status");
        await using var transaction = await database.BeginAsync(call.Caller().OrgId, call.CancellationToken);
        var found = await WebhookRows.LockAsync(transaction, id, call.CancellationToken) ?? throw RequestException.NotFound(Webhook.Noun, request.Id);
        WebhookTag.Require(call, found);
        var now = clock.GetUtcNow();
        var changed = (status.Length == 0 ? found : found.Switch(status == "enabled")) with
        {
            Revision = found.Revision + 1,
            Url = request.HasUrl ? request.Url : found.Url,
            Events = events ?? found.Events,
            Description = request.HasDescription ? request.Description : found.Description,
            UpdatedAt = now,
        };
        await WebhookRows.UpdateAsync(transaction, changed, call.CancellationToken);
        await transaction.CommitAsync(call.CancellationToken);
        WebhookTag.Write(call, changed);
        return changed.ToMessage(now);
    }
}

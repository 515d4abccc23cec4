using Grpc.Core;
using Microsoft.Extensions.Options;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Idempotency;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>Creates a webhook; its secret is shown in this answer only.</summary>
internal sealed class CreateWebhook(TenantDatabase database, IdempotentRequests requests, PromptCipher cipher, IOptions<WebhookOptions> options, TimeProvider clock)
{
    /// <summary>Answers POST /v1/webhooks. Errors: 400 naming the field, 413 for a text too long, 422 <c>too_many_webhooks</c>.</summary>
    public Task<WebhookSecret> HandleAsync(CreateWebhookRequest request, ServerCallContext call)
    {
        WebhookRules.CheckUrl(request.Url, options.Value.AllowLoopback);
        string[] events = WebhookRules.CheckEvents(request.Events);
        WebhookRules.CheckDescription(request.Description);
        var orgId = call.Caller().OrgId;
        return requests.RunAsync(call, request, cancellation => DecideAsync(request, events, orgId, cancellation));
    }

    private async Task<Effect<WebhookSecret>> DecideAsync(CreateWebhookRequest request, string[] events, Guid orgId, CancellationToken cancellation)
    {
        int limit = options.Value.MaxPerOrganization;
        await RequireRoomAsync(orgId, limit, cancellation);
        var now = clock.GetUtcNow();
        var webhook = Webhook.Make(request.Url, events, request.Description, now);
        string secret = Webhook.MakeSecret();
        byte[] encrypted = await cipher.EncryptAsync(orgId, webhook.Id, Webhook.SecretPlace, secret, cancellation);
        return new Effect<WebhookSecret>(
            new WebhookSecret { Webhook = webhook.ToMessage(now), Secret = secret }, webhook.Id, batch => WebhookRows.Insert(batch, orgId, webhook, encrypted, limit), Rows: 1);
    }

    private async Task RequireRoomAsync(Guid orgId, int limit, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        if (await WebhookRows.CountAsync(transaction, cancellation) >= limit)
            throw RequestException.Unprocessable("too_many_webhooks", $"your organisation has {limit} webhooks, which is as many as it may; delete one first");
    }
}

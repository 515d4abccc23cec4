using Grpc.Core;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Idempotency;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>Gives a webhook a new secret; the old one signs beside it for a while, so that receivers can change over without losing an event.</summary>
internal sealed class RotateWebhookSecret(TenantDatabase database, IdempotentRequests requests, PromptCipher cipher, TimeProvider clock)
{
    private const int MaxOverlap = 7 * 24 * 3600;
    private const int DefaultOverlap = 24 * 3600;

    /// <summary>Answers POST /v1/webhooks/{id}:rotate-secret.</summary>
    public Task<WebhookSecret> HandleAsync(RotateWebhookSecretRequest request, ServerCallContext call)
    {
        var id = Webhook.ReadId(request.Id);
        int overlap = request.HasOverlapSeconds ? request.OverlapSeconds : DefaultOverlap;
        if (overlap is < 0 or > MaxOverlap)
            throw RequestException.Invalid("overlapSeconds", $"is {overlap}; give 0 to {MaxOverlap}, which is seven days");
        var orgId = call.Caller().OrgId;
        return requests.RunAsync(call, request, cancellation => DecideAsync(id, TimeSpan.FromSeconds(overlap), orgId, cancellation));
    }

    private async Task<Effect<WebhookSecret>> DecideAsync(Guid id, TimeSpan overlap, Guid orgId, CancellationToken cancellation)
    {
        var found = await FindAsync(id, orgId, cancellation);
        var now = clock.GetUtcNow();
        var rotated = found with { Revision = found.Revision + 1, PreviousSecretUntil = now + overlap, UpdatedAt = now };
        string secret = Webhook.MakeSecret();
        byte[] encrypted = await cipher.EncryptAsync(orgId, id, Webhook.SecretPlace, secret, cancellation);
        return new Effect<WebhookSecret>(
            new WebhookSecret { Webhook = rotated.ToMessage(now), Secret = secret }, id, batch => WebhookRows.Rotate(batch, orgId, rotated, encrypted, now), Rows: 1);
    }

    private async Task<Webhook> FindAsync(Guid id, Guid orgId, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        return await WebhookRows.FindAsync(transaction, id, cancellation) ?? throw RequestException.NotFound(Webhook.Noun, ServiceDefaults.Text.PublicId.Format(Webhook.Prefix, id));
    }
}

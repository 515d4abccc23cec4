using System.Text;
using Microsoft.Extensions.Options;
using Npgsql;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>Sends what is due. A delivery is claimed, sent and settled; whoever dies in between leaves a claim that ends by itself, so an event may be sent twice but never not at all.</summary>
internal sealed class DeliverEvents(TenantDatabase database, PromptCipher cipher, WebhookSender sender, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<DeliverEvents> logger)
{
    // Longer than the longest sending with its signature and its result.
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);
    private const int MaxClaims = 64;

    /// <summary>Takes up to so many deliveries that are due.</summary>
    public async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(int room, CancellationToken cancellation)
    {
        if (room <= 0)
            return [];
        var now = clock.GetUtcNow();
        await using var transaction = await database.BeginPlatformAsync(DeliveryClaims.Purpose, cancellation);
        var taken = await DeliveryClaims.TakeAsync(transaction, Guid.CreateVersion7(now), now, now + s_lease, Math.Min(room, MaxClaims), options.Value.MaxSendingsPerWebhook, cancellation);
        await transaction.CommitAsync(cancellation);
        return taken;
    }

    /// <summary>Sends one and writes what came of it. When the result cannot be written the claim ends by itself and the delivery is sent again.</summary>
    public async Task SendAsync(ClaimedDelivery claimed, CancellationToken cancellation)
    {
        try
        {
            await SettleAsync(claimed, await TrySendAsync(claimed, cancellation), cancellation);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            logger.ResultNotWritten(claimed.DeliveryId, error);
        }
    }

    private async Task<SendResult> TrySendAsync(ClaimedDelivery claimed, CancellationToken cancellation)
    {
        try
        {
            var secrets = new List<string> { await OpenAsync(claimed, claimed.Secret, cancellation) };
            if (claimed.PreviousSecret is { } previous)
                secrets.Add(await OpenAsync(claimed, previous, cancellation));
            return await sender.SendAsync(claimed, secrets, cancellation);
        }
        catch (Exception error) when (error is not (NpgsqlException or TimeoutException or OperationCanceledException))
        {
            // One delivery that cannot be made ready must not end the sending of the others; it fails by the schedule.
            logger.DeliveryBroken(claimed.DeliveryId, error);
            return new SendResult(clock.GetUtcNow(), 0, "", "something went wrong on our side", TimeSpan.Zero, null);
        }
    }

    private async Task SettleAsync(ClaimedDelivery claimed, SendResult result, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await database.BeginAsync(claimed.OrgId, cancellation);
        // The webhook first, as everybody does who locks both.
        if (await WebhookRows.LockAsync(transaction, claimed.WebhookId, cancellation) is not { } webhook)
            return;
        if (!await DeliveryRows.SettleAsync(transaction, claimed, DeliveryOutcome.Of(claimed, result, now), result, cancellation))
            return;
        var noted = DeliveryOutcome.Note(webhook, result, options.Value, now);
        await WebhookRows.NoteAsync(transaction, noted, cancellation);
        await transaction.CommitAsync(cancellation);
        if (webhook.IsEnabled && !noted.IsEnabled)
            logger.WebhookDisabled(webhook.Id, noted.ConsecutiveFailures);
    }

    private async ValueTask<string> OpenAsync(ClaimedDelivery claimed, byte[] secret, CancellationToken cancellation) =>
        Encoding.UTF8.GetString(await cipher.DecryptAsync(claimed.OrgId, claimed.WebhookId, Webhook.SecretPlace, secret, cancellation));
}

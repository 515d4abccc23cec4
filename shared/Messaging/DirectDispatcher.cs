using Microsoft.Extensions.Logging;
using Npgsql;
using PromptPlatform.Events;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging;

/// <summary>
/// Standalone's bus: brings the outbox rows of one service directly to the consumers. A row counts as sent only after every
/// consumer has committed; a crash before that repeats the delivery, which the inboxes make harmless.
/// </summary>
public sealed class DirectDispatcher(TenantDatabase publisher, IReadOnlyList<EventSubscription> subscriptions, TimeProvider clock, ILogger<DirectDispatcher> logger)
{
    private const int BatchSize = 200;
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(250);

    /// <summary>Dispatches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (await DispatchAsync(cancellation) < BatchSize)
                    await Task.Delay(s_idle, clock, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException error)
            {
                logger.OutboxAway(error);
                await Task.Delay(s_idle * 4, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Delivers one batch; answers how many events were delivered.</summary>
    public async Task<int> DispatchAsync(CancellationToken cancellation)
    {
        await using var transaction = await publisher.BeginPlatformAsync("dispatch", cancellation);
        var rows = await OutboxRows.LockUnsentAsync(transaction, BatchSize, cancellation);
        if (rows.Count == 0)
            return 0;
        var sent = new List<Guid>();
        var failed = new List<Guid>();
        foreach (var row in rows)
            (await TryDeliverAsync(row, cancellation) ? sent : failed).Add(row.EventId);
        await OutboxRows.MarkAsync(transaction, sent, failed, clock.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
        return sent.Count;
    }

    private async Task<bool> TryDeliverAsync(OutboxRow row, CancellationToken cancellation)
    {
        try
        {
            // A type that only a newer version knows waits in the outbox until that version runs.
            if (EventTypes.Read(row.Type, row.Payload) is not { } happened)
                return false;
            foreach (var subscription in subscriptions)
                await subscription.DeliverAsync(happened, cancellation);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            logger.DeliveryFailed(row.Type, row.EventId, error);
            return false;
        }
    }
}

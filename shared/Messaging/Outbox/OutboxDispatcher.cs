using Microsoft.Extensions.Logging;
using Npgsql;
using PromptPlatform.Events;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging.Outbox;

/// <summary>
/// Empties the outbox of one service into a transport. A row counts as sent only after the transport has said so; a crash before
/// that repeats it, which the inboxes make harmless. Several replicas may run one each: they share the rows.
/// </summary>
public sealed class OutboxDispatcher(TenantDatabase publisher, IEventTransport transport, TimeProvider clock, ILogger<OutboxDispatcher> logger)
{
    private const int BatchSize = 200;
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(250);

    // Shorter than the server's idle_in_transaction_session_timeout: the rows stay locked while they are sent.
    private static readonly TimeSpan s_sendTimeout = TimeSpan.FromSeconds(15);

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
            catch (Exception error)
            {
                // Whatever it was, an outbox that nobody sends any more would be worse.
                logger.DispatchFailed(error);
                await Task.Delay(s_idle * 4, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Sends one batch; answers how many events went out.</summary>
    public async Task<int> DispatchAsync(CancellationToken cancellation)
    {
        await using var transaction = await publisher.BeginPlatformAsync("dispatch", cancellation);
        var rows = await OutboxRows.LockUnsentAsync(transaction, BatchSize, cancellation);
        if (rows.Count == 0)
            return 0;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(s_sendTimeout);
        List<Guid> sent = [], failed = [];
        foreach (var chunk in rows.Chunk(transport.Together).Chunk(transport.Parallelism).TakeWhile(_ => !deadline.IsCancellationRequested))
        {
            var results = await Task.WhenAll(chunk.Select(together => SendAsync(together, deadline.Token)));
            foreach (var (row, isSent) in results.SelectMany(r => r))
                (isSent ? sent : failed).Add(row.EventId);
        }
        cancellation.ThrowIfCancellationRequested();
        await OutboxRows.MarkAsync(transaction, sent, failed, clock.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
        MessagingMetrics.Sent.Add(sent.Count);
        MessagingMetrics.SendFailures.Add(failed.Count);
        return sent.Count;
    }

    /// <summary>Sends the events together; where that fails each alone, so that one of them does not hold up the others.</summary>
    private async Task<IReadOnlyList<(OutboxRow Row, bool IsSent)>> SendAsync(OutboxRow[] together, CancellationToken cancellation)
    {
        if (together.Length > 1 && await TrySendTogetherAsync(together, cancellation))
            return [.. together.Select(row => (row, true))];
        var results = new List<(OutboxRow, bool)>();
        foreach (var row in together)
            results.Add((row, await TrySendAsync(row, cancellation)));
        return results;
    }

    private async Task<bool> TrySendTogetherAsync(OutboxRow[] together, CancellationToken cancellation)
    {
        try
        {
            var happened = together.Select(row => EventTypes.Read(row.Type, row.Payload)).OfType<IPlatformEvent>().ToList();
            if (happened.Count < together.Length)
                return false;
            await transport.SendAsync(happened, cancellation);
            return true;
        }
        catch (Exception error)
        {
            logger.NotSentTogether(together.Length, error);
            return false;
        }
    }

    private async Task<bool> TrySendAsync(OutboxRow row, CancellationToken cancellation)
    {
        try
        {
            // A type that only a newer version knows waits in the outbox until that version runs.
            if (EventTypes.Read(row.Type, row.Payload) is not { } happened)
                return false;
            await transport.SendAsync([happened], cancellation);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            logger.SendFailed(row.Type, row.EventId, error);
            return false;
        }
        catch (OperationCanceledException error)
        {
            // Either the service stops, then nothing is marked, or the transport took too long.
            logger.SendTooSlow(row.Type, row.EventId, error);
            return false;
        }
    }
}

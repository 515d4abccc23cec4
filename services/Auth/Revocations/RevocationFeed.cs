using Npgsql;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Auth.Revocations;

/// <summary>
/// Looks every half second for new revocations, whichever replica made them, feeds this process's own list and wakes the
/// streams. One poll per process, however many streams: LISTEN would hold a connection and still need the poll after a reconnect.
/// </summary>
internal sealed class RevocationFeed(RevocationLog log, RevocationList list, TimeProvider clock, ILogger<RevocationFeed> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_cleanEvery = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _hurry = new(0);
    private volatile TaskCompletionSource _news = NewSignal();
    private DateTimeOffset _cleanedAt = DateTimeOffset.MinValue;
    private long _last;

    /// <summary>The newest number that was seen.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Looks at once: this process has just revoked something.</summary>
    public void Hurry()
    {
        // One look serves all who hurry.
        if (_hurry.CurrentCount == 0)
            _hurry.Release();
    }

    /// <summary>Waits until there is something after a number, but not longer than <paramref name="patience"/>.</summary>
    public async Task WaitBeyondAsync(long sequence, TimeSpan patience, CancellationToken cancellation)
    {
        // Taken before the look: news that comes in between completes this very signal.
        var news = _news.Task;
        if (Last > sequence)
            return;
        await Task.WhenAny(news, Task.Delay(patience, cancellation));
        cancellation.ThrowIfCancellationRequested();
    }

    public override void Dispose()
    {
        _hurry.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException)
            {
                logger.RevocationsUnread(s_pause, error);
            }
            await _hurry.WaitAsync(s_pause, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        var batch = await log.ReadAfterAsync(Last, RevocationLog.MaxBatch, cancellation);
        foreach (var revocation in batch.Revocations)
            list.Add(revocation.Kind, revocation.Id);
        if (batch.Revocations.Count > 0)
        {
            Volatile.Write(ref _last, batch.LastSequence);
            Interlocked.Exchange(ref _news, NewSignal()).SetResult();
        }
        if (batch.Revocations.Count == RevocationLog.MaxBatch)
            Hurry();
        if (clock.GetUtcNow() - _cleanedAt < s_cleanEvery)
            return;
        await log.CleanAsync(cancellation);
        _cleanedAt = clock.GetUtcNow();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using Npgsql;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Analytics.Usage;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Live;

/// <summary>
/// The counters of the organisations that somebody watches: read once a second for each, however many streams it has.
/// </summary>
internal sealed class LiveUsage(TenantDatabase database, TimeProvider clock, ILogger<LiveUsage> logger) : BackgroundService
{
    /// <summary>Streams of one organisation.</summary>
    public const int MaxOfOrganization = 20;

    private const int MaxStreams = 1000;
    private const int MaxReadings = 4;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _door = new();
    private readonly Dictionary<Guid, LiveOrganization> _watched = [];
    private int _streams;
    private bool _failing;

    /// <summary>Takes a place for a stream; <see cref="Leave"/> gives it back. Errors: 429 when there are too many.</summary>
    public LiveOrganization Enter(Guid orgId)
    {
        lock (_door)
        {
            var organization = _watched.GetValueOrDefault(orgId) ?? new LiveOrganization();
            if (organization.Watchers >= MaxOfOrganization)
                throw RequestException.Exhausted("too_many_streams", $"your organisation has {MaxOfOrganization} live streams open; close one, or share one", s_retryAfter);
            if (_streams >= MaxStreams)
                throw RequestException.Exhausted("too_many_streams", $"{MaxStreams} live streams are open; try again as Retry-After says", s_retryAfter);
            _streams++;
            organization.Watchers++;
            return _watched[orgId] = organization;
        }
    }

    /// <summary>Gives a place back; nobody reads for an organisation that nobody watches.</summary>
    public void Leave(Guid orgId, LiveOrganization organization)
    {
        lock (_door)
        {
            _streams--;
            if (--organization.Watchers == 0)
                _watched.Remove(orgId);
        }
    }

    /// <summary>Reads the counters of one organisation now.</summary>
    public async Task RefreshAsync(Guid orgId, LiveOrganization organization, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        organization.Publish(await LiveRows.ReadAsync(transaction, UsageDays.DayOf(clock.GetUtcNow()), cancellation));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TryRefreshAsync(stoppingToken);
    }

    private async Task TryRefreshAsync(CancellationToken cancellation)
    {
        KeyValuePair<Guid, LiveOrganization>[] watched;
        lock (_door)
            watched = [.. _watched];
        try
        {
            var few = new ParallelOptions { MaxDegreeOfParallelism = MaxReadings, CancellationToken = cancellation };
            await Parallel.ForEachAsync(watched, few, async (w, token) => await RefreshAsync(w.Key, w.Value, token));
            _failing = false;
        }
        catch (NpgsqlException error)
        {
            // The streams stay open with what they know; one line until it works again.
            if (!_failing)
                logger.LiveCountersNotRead(error);
            _failing = true;
        }
    }
}

using Microsoft.Extensions.Options;
using Npgsql;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Events;

/// <summary>
/// At the start and then once an hour: makes the days that events may fall into, a week ahead, and forgets what is older than it is kept.
/// Replicas do it one after another; the second finds it done.
/// </summary>
internal sealed class KeepEventDays(TenantDatabase database, IOptions<EventOptions> options, TimeProvider clock, ILogger<KeepEventDays> logger) : BackgroundService
{
    private const int DaysAhead = 7;

    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(5);

    private TimeSpan _next;

    /// <summary>Runs once before requests and messages come: after a long stop the days of today may be missing.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryRunAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(_next, clock, stoppingToken);
            await TryRunAsync(stoppingToken);
        }
    }

    private async Task TryRunAsync(CancellationToken cancellation)
    {
        try
        {
            await RunAsync(cancellation);
            _next = s_interval;
        }
        catch (NpgsqlException error)
        {
            logger.EventDaysNotKept(s_again, error);
            _next = s_again;
        }
    }

    internal async Task RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await using var transaction = await database.BeginPlatformAsync(EventDays.Purpose, cancellation);
        await EventDays.LockAsync(transaction, cancellation);
        // One day beyond what may be late, since the check and the write see different clocks.
        int made = await EventDays.MakeAsync(transaction, today.AddDays(-EventRules.MaxLate.Days - 1), today.AddDays(DaysAhead), cancellation);
        int dropped = await EventDays.DropAsync(transaction, today.AddDays(-options.Value.RetentionDays), cancellation);
        await EventDays.ForgetIdsAsync(transaction, now - EventRules.IdsKept, cancellation);
        var shorter = await EventDays.ShorterAsync(transaction, options.Value.RetentionDays, cancellation);
        await transaction.CommitAsync(cancellation);
        foreach (var (org, days) in shorter)
            await ForgetAsync(org, new DateTimeOffset(today.AddDays(-days), TimeOnly.MinValue, TimeSpan.Zero), cancellation);
        if (made + dropped > 0)
            logger.EventDaysKept(made, dropped);
    }

    private async Task ForgetAsync(Guid orgId, DateTimeOffset before, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        await EventDays.ForgetAsync(transaction, before, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}

using Microsoft.Extensions.Options;
using Npgsql;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Learning;

/// <summary>Adds up what all organisations together know, at the start and then at an interval. One replica does it at a time; the others go on with what is there.</summary>
internal sealed class LearnFromAll(TenantDatabase database, IOptions<LearningOptions> options, TimeProvider clock, ILogger<LearnFromAll> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (NpgsqlException error)
            {
                logger.CommonNotLearned(options.Value.CommonInterval, error);
            }
            await Task.Delay(options.Value.CommonInterval, clock, stoppingToken);
        }
    }

    internal async Task RunAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginPlatformAsync(CreditRows.Purpose, cancellation);
        if (!await CreditRows.TryLockAsync(transaction, cancellation))
            return;
        await CreditRows.ReplaceCommonAsync(transaction, clock.GetUtcNow(), options.Value.HalfLifeDays, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}

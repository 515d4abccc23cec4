using Microsoft.Extensions.Options;
using Npgsql;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>Looks at the guardrails of what runs, and stops arms that are certainly worse than they may be. Several replicas may do so at once: the first one writes.</summary>
internal sealed class WatchGuardrails(TenantDatabase database, IOptions<ExperimentOptions> options, TimeProvider clock, ILogger<WatchGuardrails> logger) : BackgroundService
{
    private const int PageSize = 100;

    /// <summary>Looks once at everything; answers how many arms were stopped.</summary>
    internal async Task<int> RunAsync(CancellationToken cancellation)
    {
        int stopped = 0;
        foreach (var (orgId, experiment) in await ListAsync(cancellation))
        {
            if (experiment.Definition.Guardrails.Count > 0)
                stopped += await LookAsync(orgId, experiment.Id, cancellation);
        }
        return stopped;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.GuardrailInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RunAsync(stoppingToken);
                }
                catch (Exception error) when (error is NpgsqlException or TimeoutException)
                {
                    logger.GuardrailsNotLookedAt(options.Value.GuardrailInterval, error);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<List<(Guid OrgId, StoredExperiment Experiment)>> ListAsync(CancellationToken cancellation)
    {
        var all = new List<(Guid OrgId, StoredExperiment Experiment)>();
        await using var transaction = await database.BeginPlatformAsync(ExperimentRows.Purpose, cancellation);
        while (true)
        {
            var page = await RunningExperimentRows.ListAsync(transaction, all.Count == 0 ? null : all[^1].Experiment.Id, PageSize, cancellation);
            all.AddRange(page);
            if (page.Count < PageSize)
                return all;
        }
    }

    private async Task<int> LookAsync(Guid orgId, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        // Read again: it may have been stopped since it was listed.
        if (await ExperimentRows.FindAsync(transaction, id, cancellation) is not { State: StoredExperiment.Running } experiment)
            return 0;
        var analysis = new ExperimentAnalysis(experiment, await ExposureRows.SumAsync(transaction, id, cancellation));
        var broken = analysis.Guardrails().Where(g => g.Broken && !experiment.IsStopped(g.Arm)).GroupBy(g => g.Arm).Select(g => g.First()).ToList();
        if (broken.Count == 0)
            return 0;
        // One revision however many arms.
        var changed = broken.Aggregate(experiment, (e, g) => e.StopArm(g.Arm, Reason(g), clock.GetUtcNow())) with { Revision = experiment.Revision + 1 };
        if (!await ExperimentRows.TrySaveAsync(transaction, changed, cancellation))
            return 0;
        await transaction.CommitAsync(cancellation);
        foreach (var guardrail in broken)
            logger.ArmStopped(changed.PublicId, guardrail.Arm, guardrail.Metric);
        return broken.Count;
    }

    private static string Reason(GuardrailResult broken) => FormattableString.Invariant(
        $"{broken.Metric} is worse than the control's by {broken.WorseBy:0.####} ({broken.Low:0.####} to {broken.High:0.####}, at every look); the bound is {broken.MaxWorse:0.####}");
}

using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>The figures of an experiment as they are now.</summary>
internal sealed class GetExperimentResults(TenantDatabase database, TimeProvider clock)
{
    public async Task<ExperimentResults> HandleAsync(GetExperimentResultsRequest request, Guid orgId, CancellationToken cancellation)
    {
        var id = StoredExperiment.ParseId(request.Id);
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var experiment = await ExperimentRows.FindAsync(transaction, id, cancellation) ?? throw SaveExperiment.NotFound(id);
        var analysis = new ExperimentAnalysis(experiment, await ExposureRows.SumAsync(transaction, id, cancellation));
        var results = new ExperimentResults
        {
            Id = experiment.PublicId,
            State = experiment.State,
            At = Timestamp.FromDateTimeOffset(clock.GetUtcNow()),
            Metric = analysis.Metric.Name,
            Arms = { analysis.Arms() },
            Comparisons = { analysis.Comparisons() },
            Guardrails = { analysis.Guardrails() },
            SampleRatio = analysis.SampleRatio(),
        };
        results.Decision = ExperimentDecisions.Decide(analysis, results.Comparisons, results.SampleRatio);
        return results;
    }
}

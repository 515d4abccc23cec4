using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Events;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.Experiments;

/// <summary>Experiments of one organisation, in the words of the product.</summary>
internal sealed class Trial(AnalyticsApplication analytics, Guid orgId)
{
    /// <summary>The organisation.</summary>
    public Guid OrgId => orgId;

    /// <summary>Two arms of equal weight that are judged by thumbs up.</summary>
    public static ExperimentDefinition Definition(string key = "short-answers", double share = 1, string layer = "") => new()
    {
        Key = key,
        Layer = layer,
        Share = share,
        Arms = { new ExperimentArm { Key = "control", Weight = 0.5 }, new ExperimentArm { Key = "b", Weight = 0.5, Overlay = new() { Limits = { ["standard"] = 3 } } } },
        Goal = new() { Metric = "rating_up", MinimumEffect = 0.1 },
    };

    public Task<Experiment> SaveAsync(ExperimentDefinition definition, params string[] ifMatch) => analytics.Experiments.SaveExperimentAsync(
        new() { OrganizationId = orgId.ToString("N"), Author = "key_1", Definition = definition, IfMatch = { ifMatch } }, analytics.ExperimentHeaders()).ResponseAsync.WithinAsync();

    public Task<Experiment> StartAsync(string id) => analytics.Experiments.StartExperimentAsync(new() { Id = id }, analytics.ExperimentHeaders(orgId)).ResponseAsync.WithinAsync();

    public Task<Experiment> RampAsync(string id, double share) =>
        analytics.Experiments.RampExperimentAsync(new() { Id = id, Share = share }, analytics.ExperimentHeaders(orgId)).ResponseAsync.WithinAsync();

    public Task<Experiment> StopAsync(string id, string reason = "") =>
        analytics.Experiments.StopExperimentAsync(new() { Id = id, Reason = reason }, analytics.ExperimentHeaders(orgId)).ResponseAsync.WithinAsync();

    public Task<Experiment> GetAsync(string id) => analytics.Experiments.GetExperimentAsync(new() { Id = id }, analytics.ExperimentHeaders(orgId)).ResponseAsync.WithinAsync();

    public Task<DeleteExperimentResponse> DeleteAsync(string id) => analytics.Experiments.DeleteExperimentAsync(new() { Id = id }, analytics.ExperimentHeaders(orgId)).ResponseAsync.WithinAsync();

    public Task<ListExperimentsResponse> ListAsync(int limit = 0, string cursor = "", string state = "") =>
        analytics.Experiments.ListExperimentsAsync(new() { Limit = limit, Cursor = cursor, State = state }, analytics.ExperimentHeaders(orgId)).ResponseAsync.WithinAsync();

    public Task<ExperimentResults> ResultsAsync(string id) =>
        analytics.Experiments.GetExperimentResultsAsync(new() { Id = id }, analytics.ExperimentHeaders(orgId)).ResponseAsync.WithinAsync();

    /// <summary>A started experiment.</summary>
    public async Task<Experiment> RunAsync(ExperimentDefinition definition) => await StartAsync((await SaveAsync(definition)).Id);

    /// <summary>An enhancement that fell under an arm.</summary>
    public PromptEnhanced Enhanced(string experimentId, string arm, long unit, double totalMs = 4, bool degraded = false) =>
        Happened.Enhanced(orgId, "2026-03-09T10:00:00Z", degraded, totalMs) with { Exposures = [new(experimentId, arm, unit)] };

    /// <summary>Feedback on it.</summary>
    public FeedbackSubmitted Feedback(PromptEnhanced enhanced, string rating, string outcome = "") =>
        Happened.Feedback(orgId, enhanced.EnhancementId, "2026-03-09T11:00:00Z", rating) with { Outcome = outcome };

    public Task DeliverAsync(IEnumerable<IPlatformEvent> happened) => Parallel.ForEachAsync(happened, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (e, _) => await analytics.DeliverAsync(e));
}

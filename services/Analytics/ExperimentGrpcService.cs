using Grpc.Core;
using PromptPlatform.Analytics.Experiments;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Analytics;

/// <summary>The RPCs of experiments, each one line to its use case.</summary>
internal sealed class ExperimentGrpcService(ReadExperiments read, ChangeExperiment change, GetExperimentResults results, SaveExperiment save, FollowRunning running) : ExperimentService.ExperimentServiceBase
{
    public override Task<ListExperimentsResponse> ListExperiments(ListExperimentsRequest request, ServerCallContext context) => read.ListAsync(request, context);

    public override Task<Experiment> GetExperiment(GetExperimentRequest request, ServerCallContext context) => read.GetAsync(request, context);

    public override Task<DeleteExperimentResponse> DeleteExperiment(DeleteExperimentRequest request, ServerCallContext context) => read.DeleteAsync(request, context);

    public override Task<Experiment> StartExperiment(StartExperimentRequest request, ServerCallContext context) => change.StartAsync(request, context);

    public override Task<Experiment> RampExperiment(RampExperimentRequest request, ServerCallContext context) => change.RampAsync(request, context);

    public override Task<Experiment> StopExperiment(StopExperimentRequest request, ServerCallContext context) => change.StopAsync(request, context);

    public override Task<ExperimentResults> GetExperimentResults(GetExperimentResultsRequest request, ServerCallContext context) =>
        results.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<PlanExperimentResponse> PlanExperiment(PlanExperimentRequest request, ServerCallContext context) => Task.FromResult(Experiments.PlanExperiment.Handle(request));

    public override Task<Experiment> SaveExperiment(SaveExperimentRequest request, ServerCallContext context) => save.HandleAsync(request, context.CancellationToken);

    public override Task ListRunningExperiments(ListRunningExperimentsRequest request, IServerStreamWriter<RunningExperiments> responseStream, ServerCallContext context) =>
        running.HandleAsync(request, responseStream, context.CancellationToken);
}

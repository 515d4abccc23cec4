using Grpc.Core;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Experiments;

namespace PromptPlatform.Enhancement;

/// <summary>The RPCs of definitions of experiments, each one line to its use case.</summary>
internal sealed class ExperimentDefinitionGrpcService(DefineExperiment define) : ExperimentDefinitionService.ExperimentDefinitionServiceBase
{
    public override Task<Experiment> CreateExperiment(ExperimentDefinition request, ServerCallContext context) => define.CreateAsync(request, context);

    public override Task<Experiment> ReplaceExperiment(ExperimentDefinition request, ServerCallContext context) => define.ReplaceAsync(request, context);
}

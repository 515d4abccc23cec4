using Grpc.Core;
using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Analysis;
using PromptPlatform.Inference.Models;

namespace PromptPlatform.Inference;

/// <summary>The RPCs of the service.</summary>
internal sealed class InferenceGrpcService(AnalyzePrompt analyze, ListLoadedModels list) : InferenceService.InferenceServiceBase
{
    public override Task<AnalyzeResponse> Analyze(AnalyzeRequest request, ServerCallContext context) => analyze.HandleAsync(request, context.CancellationToken);

    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context) => list.HandleAsync();
}

using Grpc.Core;
using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Analysis;
using PromptPlatform.Inference.Models;
using PromptPlatform.Inference.Registry;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Inference;

/// <summary>The RPCs of the service.</summary>
internal sealed class InferenceGrpcService(AnalyzePrompt analyze, ListLoadedModels list, RegistryCalls registry) : InferenceService.InferenceServiceBase
{
    public override Task<AnalyzeResponse> Analyze(AnalyzeRequest request, ServerCallContext context) => analyze.HandleAsync(request, context.CancellationToken);

    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context) => list.HandleAsync();

    public override Task<ListModelVersionsResponse> ListModelVersions(ListModelVersionsRequest request, ServerCallContext context) =>
        registry.List.HandleAsync(request, context.CancellationToken);

    public override Task<ModelVersion> GetModelVersion(GetModelVersionRequest request, ServerCallContext context) =>
        registry.Get.HandleAsync(request, context.CancellationToken);

    public override Task<ModelVersion> RegisterModel(RegisterModelRequest request, ServerCallContext context) =>
        registry.Register.HandleAsync(request, context.Caller(), context.CancellationToken);

    public override Task<ModelVersion> ShadowModel(StageModelRequest request, ServerCallContext context) =>
        registry.Stage.HandleAsync(request, ModelStage.Shadow, context.Caller(), context.CancellationToken);

    public override Task<ModelVersion> CanaryModel(StageModelRequest request, ServerCallContext context) =>
        registry.Stage.HandleAsync(request, ModelStage.Canary, context.Caller(), context.CancellationToken);

    public override Task<ModelVersion> PromoteModel(StageModelRequest request, ServerCallContext context) =>
        registry.Stage.HandleAsync(request, ModelStage.Production, context.Caller(), context.CancellationToken);

    public override Task<ModelVersion> RetireModel(StageModelRequest request, ServerCallContext context) =>
        registry.Stage.HandleAsync(request, ModelStage.Retired, context.Caller(), context.CancellationToken);

    public override Task<ModelVersion> RollbackModel(StageModelRequest request, ServerCallContext context) =>
        registry.Rollback.HandleAsync(request, context.Caller(), context.CancellationToken);
}

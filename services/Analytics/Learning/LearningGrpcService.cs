using Grpc.Core;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Analytics.Learning;

internal sealed class LearningGrpcService(ListEffectiveness list, GetLearningSettings get, PutLearningSettings put, ResetLearning reset, FindLearningSnapshots snapshots) : LearningService.LearningServiceBase
{
    public override Task<ListEffectivenessResponse> ListEffectiveness(ListEffectivenessRequest request, ServerCallContext context) =>
        list.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<LearningSettings> GetLearningSettings(GetLearningSettingsRequest request, ServerCallContext context) =>
        get.HandleAsync(context.Caller().OrgId, context.CancellationToken);

    public override Task<LearningSettings> PutLearningSettings(PutLearningSettingsRequest request, ServerCallContext context) =>
        put.HandleAsync(request, context.Caller(), context.CancellationToken);

    public override Task<LearningSettings> ResetLearning(ResetLearningRequest request, ServerCallContext context) =>
        reset.HandleAsync(context.Caller(), context.CancellationToken);

    public override Task<FindLearningSnapshotsResponse> FindLearningSnapshots(FindLearningSnapshotsRequest request, ServerCallContext context) =>
        snapshots.HandleAsync(request, context.CancellationToken);
}

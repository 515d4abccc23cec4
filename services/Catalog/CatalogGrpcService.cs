using Grpc.Core;
using PromptPlatform.Catalog.Snapshots;
using PromptPlatform.Catalog.Techniques;
using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Catalog;

internal sealed class CatalogGrpcService(FindTechniques find, GetTechnique get, FollowSnapshots follow) : CatalogService.CatalogServiceBase
{
    public override Task<ListTechniquesResponse> ListTechniques(ListTechniquesRequest request, ServerCallContext context) =>
        find.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<Contracts.Catalog.V1.Technique> GetTechnique(GetTechniqueRequest request, ServerCallContext context) =>
        get.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task StreamSnapshots(StreamSnapshotsRequest request, IServerStreamWriter<TechniqueSnapshot> responseStream, ServerCallContext context) =>
        follow.HandleAsync(request, responseStream, context.CancellationToken);
}

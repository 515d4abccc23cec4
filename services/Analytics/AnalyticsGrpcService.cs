using Google.Api;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Timeouts;
using PromptPlatform.Analytics.Events;
using PromptPlatform.Analytics.Export;
using PromptPlatform.Analytics.Facts;
using PromptPlatform.Analytics.Live;
using PromptPlatform.Analytics.Questions;
using PromptPlatform.Analytics.Usage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Identity;
using DataRetention = PromptPlatform.Analytics.Events.DataRetention;
using DataRetentionMessage = PromptPlatform.Contracts.Analytics.V1.DataRetention;

namespace PromptPlatform.Analytics;

internal sealed class AnalyticsGrpcService(GetUsage get, IngestEvents ingest, CountEvents count, GetActiveUsers active, GetFunnel funnel, GetRetention retention, ExportEvents export,
    CountEnhancements countEnhancements, GetTechniqueEffects techniques, GetQuality quality, GetFairness fairness,
    WatchUsage watch, DataRetention dataRetention) : AnalyticsService.AnalyticsServiceBase
{
    public override Task<GetUsageResponse> GetUsage(GetUsageRequest request, ServerCallContext context) =>
        get.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<IngestEventsResponse> IngestEvents(IngestEventsRequest request, ServerCallContext context) =>
        ingest.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<CountEventsResponse> CountEvents(CountEventsRequest request, ServerCallContext context) =>
        count.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<GetActiveUsersResponse> GetActiveUsers(GetActiveUsersRequest request, ServerCallContext context) =>
        active.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<GetFunnelResponse> GetFunnel(GetFunnelRequest request, ServerCallContext context) =>
        funnel.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<GetRetentionResponse> GetRetention(GetRetentionRequest request, ServerCallContext context) =>
        retention.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<CountEnhancementsResponse> CountEnhancements(CountEnhancementsRequest request, ServerCallContext context) =>
        countEnhancements.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<GetTechniqueEffectsResponse> GetTechniqueEffects(GetTechniqueEffectsRequest request, ServerCallContext context) =>
        techniques.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<GetQualityResponse> GetQuality(GetQualityRequest request, ServerCallContext context) =>
        quality.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<GetFairnessResponse> GetFairness(GetFairnessRequest request, ServerCallContext context) =>
        fairness.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<DataRetentionMessage> GetDataRetention(GetDataRetentionRequest request, ServerCallContext context) =>
        dataRetention.GetAsync(context.Caller().OrgId, context.CancellationToken);

    public override Task<DataRetentionMessage> PutDataRetention(PutDataRetentionRequest request, ServerCallContext context) =>
        dataRetention.PutAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<DataRetentionMessage> DeleteDataRetention(DeleteDataRetentionRequest request, ServerCallContext context) =>
        dataRetention.DeleteAsync(context.Caller().OrgId, context.CancellationToken);

    // A stream lasts as long as its reader stays.
    [DisableRequestTimeout]
    public override Task WatchUsage(WatchUsageRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        watch.HandleAsync(context.Caller(), responseStream, context.CancellationToken);

    // An export lasts as long as its reader takes.
    [DisableRequestTimeout]
    public override Task ExportEvents(ExportEventsRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        export.HandleAsync(request, context.Caller().OrgId, responseStream, context.CancellationToken);
}

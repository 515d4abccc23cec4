using Grpc.Core;
using PromptPlatform.Analytics.Usage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Analytics;

internal sealed class AnalyticsGrpcService(GetUsage get) : AnalyticsService.AnalyticsServiceBase
{
    public override Task<GetUsageResponse> GetUsage(GetUsageRequest request, ServerCallContext context) =>
        get.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);
}

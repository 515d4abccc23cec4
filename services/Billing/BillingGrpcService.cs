using Grpc.Core;
using PromptPlatform.Billing.Usage;
using PromptPlatform.Contracts.Billing.V1;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Billing;

internal sealed class BillingGrpcService(GetUsage get) : BillingService.BillingServiceBase
{
    public override Task<GetUsageResponse> GetUsage(GetUsageRequest request, ServerCallContext context) =>
        get.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);
}

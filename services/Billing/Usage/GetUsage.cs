using PromptPlatform.Billing.Storage;
using PromptPlatform.Contracts.Billing.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Billing.Usage;

/// <summary>The units of an organisation in one month, and the days on which there were any.</summary>
internal sealed class GetUsage(TenantDatabase database, TimeProvider clock)
{
    public async Task<GetUsageResponse> HandleAsync(GetUsageRequest request, Guid orgId, CancellationToken cancellation)
    {
        var month = BillingMonth.Of(request.Month, clock.GetUtcNow());
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var days = await UsageUnitRows.ListAsync(transaction, month, cancellation);
        return new GetUsageResponse { Month = month.ToString(), Units = days.Sum(d => d.Units), Days = { days } };
    }
}

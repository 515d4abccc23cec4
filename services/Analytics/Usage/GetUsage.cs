using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Usage;

/// <summary>The figures of an organisation, one entry per UTC day of the range; days without usage are zeros.</summary>
internal sealed class GetUsage(TenantDatabase database, TimeProvider clock)
{
    public async Task<GetUsageResponse> HandleAsync(GetUsageRequest request, Guid orgId, CancellationToken cancellation)
    {
        var range = UsageDays.Of(request.From, request.To, UsageDays.DayOf(clock.GetUtcNow()));
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var response = new GetUsageResponse();
        response.Data.AddRange(await UsageDayRows.ListAsync(transaction, range, cancellation));
        return response;
    }
}

using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Facts;

/// <summary>Satisfaction, completed tasks, errors by severity, cost per success and time to the first success, by group.</summary>
internal sealed class GetQuality(TenantDatabase database, TimeProvider clock)
{
    private const int MaxDays = 366;
    private static readonly QualitySums s_nothing = new("", 0, 0, default, default, default, default, new long[5], 0, null, 0, 0);

    public async Task<GetQualityResponse> HandleAsync(GetQualityRequest request, Guid orgId, CancellationToken cancellation)
    {
        var groupBy = FactDimensions.Read("groupBy", request.GroupBy);
        var conditions = FactCondition.Read(request.Where);
        double z = FactReading.Z(FactReading.Alpha(request.Confidence));
        var range = CalendarReading.Buckets(request.From, request.To, request.TimeZone, "day", clock.GetUtcNow(), MaxDays);
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var groups = await QualityRows.ListAsync(transaction, range, conditions, groupBy, cancellation);
        var firsts = await QualityRows.FirstSuccessesAsync(transaction, range, conditions, groupBy, cancellation);
        if (groups.Count == 0 && groupBy is null)
            groups = [s_nothing];
        var response = new GetQualityResponse();
        response.Data.AddRange(groups
            .OrderBy(g => g.Group is null).ThenByDescending(g => g.Enhancements).ThenBy(g => g.Group, StringComparer.Ordinal)
            .Select(g => QualityMapping.ToGroup(g, firsts.FirstOrDefault(f => f.Group == g.Group), z)));
        return response;
    }
}

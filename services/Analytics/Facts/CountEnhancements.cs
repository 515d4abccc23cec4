using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Facts;

/// <summary>Enhancements over time by a dimension.</summary>
internal sealed class CountEnhancements(TenantDatabase database, TimeProvider clock)
{
    private const int MaxIntervals = 1000;

    public async Task<CountEnhancementsResponse> HandleAsync(CountEnhancementsRequest request, Guid orgId, CancellationToken cancellation)
    {
        var groupBy = FactDimensions.Read("groupBy", request.GroupBy);
        var conditions = FactCondition.Read(request.Where);
        var measure = FactMeasures.Read(request.Measure);
        var buckets = CalendarReading.Buckets(request.From, request.To, request.TimeZone, request.Period, clock.GetUtcNow(), MaxIntervals);
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var values = await FactSeries.ListAsync(transaction, buckets, conditions, groupBy, measure, cancellation);
        var response = new CountEnhancementsResponse { Starts = { buckets.Bounds.SkipLast(1).Select(Timestamp.FromDateTimeOffset) } };
        response.Data.AddRange(values.GroupBy(v => v.Group).Select(group => Series(group.Key, group, buckets.Count)).OrderBy(s => s.Other).ThenByDescending(s => s.Total).ThenBy(s => s.Group, StringComparer.Ordinal));
        return response;
    }

    private static EnhancementSeries Series(string? group, IEnumerable<FactValue> values, int intervals)
    {
        var series = new EnhancementSeries { Group = group ?? "", Other = group is null, Values = { new double[intervals] } };
        foreach (var value in values)
        {
            if (value.Interval is { } interval)
                series.Values[interval] = value.Value;
            else
                series.Total = value.Value;
        }
        return series;
    }
}

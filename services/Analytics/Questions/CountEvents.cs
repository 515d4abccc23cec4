using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Events;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Questions;

/// <summary>Events over time. Without groups, or by name, it is answered from the counts that ingestion keeps.</summary>
internal sealed class CountEvents(TenantDatabase database, TimeProvider clock)
{
    private const int MaxIntervals = 1000;

    public async Task<CountEventsResponse> HandleAsync(CountEventsRequest request, Guid orgId, CancellationToken cancellation)
    {
        EventNames.Check("name", request.Name);
        if (request.GroupBy.Length > 0 && !EventRules.IsKey(request.GroupBy))
            throw RequestException.Invalid("groupBy", $"must be name or the key of a property: 1 to {EventRules.MaxKey} letters, digits and _ . -");
        var buckets = CalendarReading.Buckets(request.From, request.To, request.TimeZone, request.Period, clock.GetUtcNow(), MaxIntervals);
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var counts = await EventCounts.ListAsync(transaction, buckets, request.Name, request.GroupBy, cancellation);
        var response = new CountEventsResponse { Starts = { buckets.Bounds.SkipLast(1).Select(Timestamp.FromDateTimeOffset) } };
        response.Data.AddRange(counts.GroupBy(c => c.Group).Select(group => Series(group.Key, group, buckets.Count)).OrderBy(s => s.Other).ThenByDescending(s => s.Total).ThenBy(s => s.Group, StringComparer.Ordinal));
        return response;
    }

    private static EventSeries Series(string? group, IEnumerable<EventCount> counts, int intervals)
    {
        double[] series = new double[intervals];
        foreach (var count in counts)
            series[count.Interval] += count.Events;
        return new EventSeries { Group = group ?? "", Other = group is null, Total = series.Sum(), Counts = { series } };
    }
}

using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Retention;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Questions;

/// <summary>Actors who were active in each interval, and in how many of them.</summary>
internal sealed class GetActiveUsers(TenantDatabase database, TimeProvider clock)
{
    public async Task<GetActiveUsersResponse> HandleAsync(GetActiveUsersRequest request, Guid orgId, CancellationToken cancellation)
    {
        EventNames.Check("name", request.Name);
        var buckets = CalendarReading.Buckets(request.From, request.To, request.TimeZone, request.Period, clock.GetUtcNow(), ActivityMask.MaxIntervals);
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var actors = await ActivityRows.ListAsync(transaction, buckets, request.Name, request.Name, cancellation);
        var response = new GetActiveUsersResponse
        {
            Actors = actors.Sum(a => a.Actors),
            Stickiness = { RetentionTable.Stickiness(actors, buckets.Count).Select(n => (double)n) },
            StickinessRatio = RetentionTable.StickinessRatio(actors, buckets.Count),
        };
        response.Data.AddRange(RetentionTable.Active(actors, buckets.Count).Select((n, i) => new ActiveInterval { Start = Timestamp.FromDateTimeOffset(buckets.Bounds[i]), Actors = n }));
        return response;
    }
}

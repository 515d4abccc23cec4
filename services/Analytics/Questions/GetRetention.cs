using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Retention;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Analytics.Usage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Questions;

/// <summary>Of the actors active in an interval, how many come back in later ones.</summary>
internal sealed class GetRetention(TenantDatabase database, TimeProvider clock)
{
    private const int DefaultIntervals = 12;

    public async Task<GetRetentionResponse> HandleAsync(GetRetentionRequest request, Guid orgId, CancellationToken cancellation)
    {
        EventNames.Check("cohortEvent", request.CohortEvent);
        EventNames.Check("returnEvent", request.ReturnEvent);
        int intervals = request.Intervals == 0 ? DefaultIntervals : request.Intervals;
        if (intervals is < 2 or > ActivityMask.MaxIntervals)
            throw RequestException.Invalid("intervals", $"must be 2 to {ActivityMask.MaxIntervals}");
        var zone = CalendarReading.Zone(request.TimeZone);
        var last = UsageDays.Read("to", request.To) ?? CalendarReading.Today(clock.GetUtcNow(), zone);
        var buckets = TimeBuckets.Ending(CalendarReading.Period(request.Period), intervals, TimeBuckets.Midnight(last.AddDays(1), zone).AddTicks(-1), zone);
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var actors = await ActivityRows.ListAsync(transaction, buckets, request.CohortEvent, request.ReturnEvent, cancellation);
        var response = new GetRetentionResponse();
        response.Data.AddRange(RetentionTable.Cells(actors, intervals, request.Rolling).Select((row, i) => new RetentionRow { Start = Timestamp.FromDateTimeOffset(buckets.Bounds[i]), Actors = { row.Select(n => (double)n) } }));
        return response;
    }
}

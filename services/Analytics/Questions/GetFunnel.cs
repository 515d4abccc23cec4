using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Funnels;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Questions;

/// <summary>How many actors went from step to step, and how long they took.</summary>
internal sealed class GetFunnel(TenantDatabase database, TimeProvider clock) : IDisposable
{
    private const int MaxEvents = 2_000_000;
    private const int MaxAtOnce = 4;
    private const int MaxTrend = 366;
    private readonly SemaphoreSlim _places = new(MaxAtOnce);

    public async Task<GetFunnelResponse> HandleAsync(GetFunnelRequest request, Guid orgId, CancellationToken cancellation)
    {
        var funnel = FunnelQuestion.Of(request);
        if (request.Period == "hour")
            throw RequestException.Invalid("period", "must be day, week or month");
        var buckets = CalendarReading.Buckets(request.From, request.To, request.TimeZone, request.Period, clock.GetUtcNow(), MaxTrend);
        if (!await _places.WaitAsync(TimeSpan.Zero, cancellation))
            throw RequestException.Exhausted("funnels_busy", $"{MaxAtOnce} funnels are being answered; ask again in a moment", TimeSpan.FromSeconds(1));
        try
        {
            return await AnswerAsync(orgId, funnel, buckets, request.Period.Length > 0, cancellation);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<GetFunnelResponse> AnswerAsync(Guid orgId, FunnelQuestion funnel, TimeBuckets buckets, bool withTrend, CancellationToken cancellation)
    {
        var tally = new FunnelTally(funnel.Steps.Count);
        var trend = withTrend ? new FunnelTrend(buckets) : null;
        var groups = funnel.Breakdown is null ? null : new FunnelGroups(funnel.Steps.Count);
        var (from, to) = (buckets.Bounds[0], buckets.Bounds[^1]);
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        if (await FunnelRows.AreMoreThanAsync(transaction, funnel, from, to, MaxEvents, cancellation))
            throw RequestException.Unprocessable("too_many_events", $"more than {MaxEvents} events of these days belong to the funnel; ask for fewer days", [new FieldError("from", "begins too early")]);
        var actors = new FunnelActors(funnel);
        await foreach (var piece in FunnelRows.ListAsync(transaction, funnel, from, to, cancellation))
            actors.Add(piece);
        foreach (var (events, values) in actors.Each())
        {
            if (new FunnelWalk(events, funnel.Plan).Best() is not { } best)
                continue;
            tally.Add(best, events);
            groups?.Add(funnel.Breakdown!.ValueOf(best, values), best, events);
            trend?.Add(new DateTimeOffset(events[best.Events[0]].AtMicros * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero), best.Reached == funnel.Steps.Count);
        }
        var response = new GetFunnelResponse();
        response.Data.AddRange(Steps(funnel, tally));
        response.Trend.AddRange(trend?.Rows().Select(row => new FunnelTrendPoint { Start = Timestamp.FromDateTimeOffset(row.Start), Entered = row.Entered, Completed = row.Completed, Rate = row.Rate }) ?? []);
        response.Breakdown.AddRange(groups?.Largest().Select(g => new FunnelGroup { Group = g.Value ?? "", Other = g.Value is null, Data = { Steps(funnel, g.Tally) } }) ?? []);
        return response;
    }

    private static IEnumerable<FunnelStep> Steps(FunnelQuestion funnel, FunnelTally tally) => tally.Figures().Select((step, i) => Step(funnel.Steps[i], step, tally.Actors));

    private static FunnelStep Step(string name, FunnelStepFigures figures, long began)
    {
        var step = new FunnelStep { Name = name, Actors = figures.Actors, Rate = began == 0 ? 0 : (double)figures.Actors / began };
        if (figures.AverageSeconds is { } average)
            step.AverageSeconds = average;
        if (figures.MedianSeconds is { } median)
            step.MedianSeconds = median;
        return step;
    }
}

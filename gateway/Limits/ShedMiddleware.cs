using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using PromptPlatform.Gateway.Edge;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Gateway.Limits;

/// <summary>
/// Lets no more requests through than the services can answer, fairly between organisations. A request holds its place until its
/// answer begins: a stream that lasts costs little. Routes marked <c>Sheds: never</c> pass, and what goes to no service.
/// </summary>
internal sealed class ShedMiddleware
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);
    private readonly RequestDelegate _next;
    private readonly RoutePolicies _policies;
    private readonly SheddingOptions _options;
    private readonly LimitMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly AdaptiveLimit _limit;
    private readonly FairGate _gate;
    private readonly ConcurrentDictionary<RoutePolicy, BestTime> _best = new(ReferenceEqualityComparer.Instance);

    public ShedMiddleware(RequestDelegate next, RoutePolicies policies, IOptions<SheddingOptions> options, LimitMetrics metrics, TimeProvider clock)
    {
        (_next, _policies, _options, _metrics, _clock) = (next, policies, options.Value, metrics, clock);
        _limit = new AdaptiveLimit(_options, clock);
        _gate = new FairGate(_options, _limit, clock);
        metrics.Watch(_limit, _gate);
    }

    public Task InvokeAsync(HttpContext http) =>
        _policies.Of(http) is { NeverSheds: false } policy ? EnterAsync(http, policy) : _next(http);

    private async Task EnterAsync(HttpContext http, RoutePolicy policy)
    {
        // Callers without an organisation are one tenant together.
        var tenant = http.Features.Get<Caller>()?.OrgId ?? Guid.Empty;
        var entry = await _gate.EnterAsync(tenant, http.RequestAborted);
        if (entry != Entry.Entered)
        {
            _metrics.Shed(entry);
            throw RequestException.Exhausted("overloaded", "too many requests are under way at this moment; wait as long as Retry-After says", s_retryAfter);
        }
        var place = new Place(this, http, policy, tenant);
        http.Response.OnStarting(static place => ((Place)place).AnswerAsync(), place);
        try
        {
            await _next(http);
        }
        finally
        {
            if (place.Leave() && http.Features.Get<EdgeState>()?.TimedOut == true)
                _limit.Answered(slow: true);
        }
    }

    private void Answered(HttpContext http, RoutePolicy policy, TimeSpan time)
    {
        // A stream's answer begins when it likes, and a refusal is quick without meaning that there is room.
        if (policy.Streams || http.Response.StatusCode is < 200 or > 299 || http.Response.Headers.ContainsKey("grpc-status"))
            return;
        var best = _best.GetOrAdd(policy, _ => new BestTime(_clock)).Note(time);
        _limit.Answered(time > _options.FastEnough && time > best * _options.Tolerance);
    }

    private sealed class Place(ShedMiddleware owner, HttpContext http, RoutePolicy policy, Guid tenant)
    {
        private readonly long _enteredAt = owner._clock.GetTimestamp();
        private int _left;

        public Task AnswerAsync()
        {
            if (Leave())
                owner.Answered(http, policy, owner._clock.GetElapsedTime(_enteredAt));
            return Task.CompletedTask;
        }

        public bool Leave()
        {
            if (Interlocked.Exchange(ref _left, 1) != 0)
                return false;
            owner._gate.Leave(tenant);
            return true;
        }
    }
}

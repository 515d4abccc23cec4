using System.Diagnostics;
using Microsoft.Extensions.Primitives;
using PromptPlatform.Gateway.Limits;
using PromptPlatform.ServiceDefaults.Hosting;

namespace PromptPlatform.Gateway.Edge;

/// <summary>What the gateway keeps of one proxied request.</summary>
internal sealed class EdgeState(RoutePolicy policy, IHeaderDictionary answer, CancellationTokenSource? deadline)
{
    private readonly (StringValues, StringValues, StringValues) _limits = RateLimitHeaders.Read(answer);
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private long _forwardedAt;

    /// <summary>The policy of its route.</summary>
    public RoutePolicy Policy => policy;

    /// <summary>Whether it was ended because the answer did not begin in time.</summary>
    public bool TimedOut => deadline?.IsCancellationRequested == true;

    /// <summary>The request is about to go out.</summary>
    public void Forwarded() => _forwardedAt = Stopwatch.GetTimestamp();

    /// <summary>Writes the headers of every answer again: the forwarder clears them when the caller's body fails.</summary>
    public void RestoreHeaders(HttpContext http)
    {
        http.Response.Headers[RequestIdMiddleware.Header] = http.TraceIdentifier;
        AnswerHeadersMiddleware.Write(http.Response.Headers);
        RateLimitHeaders.Write(http.Response.Headers, _limits);
    }

    /// <summary>The answer has begun; what follows may last as long as it moves. Returns the time here and at the service.</summary>
    public (TimeSpan Gateway, TimeSpan Upstream) Answered()
    {
        deadline?.CancelAfter(Timeout.InfiniteTimeSpan);
        return (Stopwatch.GetElapsedTime(_startedAt, _forwardedAt), Stopwatch.GetElapsedTime(_forwardedAt));
    }
}

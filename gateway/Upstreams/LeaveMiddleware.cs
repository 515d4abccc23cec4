using Yarp.ReverseProxy.Model;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>Takes a request that may be sent again away from a replica that has stopped to answer, instead of waiting for the deadline with it.</summary>
internal sealed class LeaveMiddleware(RequestDelegate next, ReplicaLives lives)
{
    public Task InvokeAsync(HttpContext http)
    {
        var proxy = http.GetReverseProxyFeature();
        return http.Features.Get<Attempt>() is { MayLeave: true } attempt && proxy.AllDestinations.Count > 1 && proxy.AvailableDestinations is [var replica]
            ? RunAsync(http, attempt, lives.Of(replica))
            : next(http);
    }

    private async Task RunAsync(HttpContext http, Attempt attempt, CancellationToken life)
    {
        var aborted = http.RequestAborted;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        http.RequestAborted = either.Token;
        try
        {
            using var end = life.Register(() =>
            {
                if (attempt.TryLeave())
                    either.Cancel();
            });
            await next(http);
        }
        finally
        {
            http.RequestAborted = aborted;
        }
    }
}

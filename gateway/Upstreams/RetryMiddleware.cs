using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using PromptPlatform.Gateway.Edge;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>
/// Sends a request a second time, to another replica where there is one, before any byte of an answer went out: when no replica has
/// begun to work on it, or when it is read by GET or HEAD or carries an Idempotency-Key. Streams are sent once.
/// </summary>
internal sealed class RetryMiddleware(RequestDelegate next, RoutePolicies policies, RetryBudgets budgets, UpstreamMetrics metrics, IOptions<UpstreamOptions> options)
{
    public Task InvokeAsync(HttpContext http)
    {
        var proxy = http.GetReverseProxyFeature();
        string cluster = proxy.Cluster.Config.ClusterId;
        var budget = budgets.Of(cluster);
        budget.Deposit();
        return policies.Of(http) is { Streams: false } && !AsksForStream(http.Request) ? RunAsync(http, proxy, cluster, budget) : next(http);
    }

    private async Task RunAsync(HttpContext http, IReverseProxyFeature proxy, string cluster, RetryBudget budget)
    {
        var replicas = proxy.AvailableDestinations;
        var original = http.Request.Body;
        using var body = http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false ? null : new ReplayBody(original, options.Value.MaxReplayBytes, http.Request.ContentLength);
        if (body is not null)
            http.Request.Body = body;
        var attempt = new Attempt(IsRepeatable(http.Request), body, () => MayRetry(budget, cluster));
        http.Features.Set(attempt);
        try
        {
            await next(http);
            if (attempt.ShouldRepeat(http))
            {
                PrepareAgain(http, proxy, replicas);
                await next(http);
            }
        }
        finally
        {
            http.Request.Body = original;
        }
    }

    private static void PrepareAgain(HttpContext http, IReverseProxyFeature proxy, IReadOnlyList<DestinationState> replicas)
    {
        var tried = proxy.ProxiedDestination;
        DestinationState[] others = [.. replicas.Where(r => r != tried)];
        // An ejected sibling is a better guess than the one that has just failed.
        if (others.Length == 0)
            others = [.. proxy.AllDestinations.Where(r => r != tried)];
        proxy.AvailableDestinations = others.Length > 0 ? others : replicas;
        proxy.ProxiedDestination = null;
        http.Features.Set<IForwarderErrorFeature>(null);
        http.Response.Clear();
        http.Features.Get<EdgeState>()?.RestoreHeaders(http);
    }

    private bool MayRetry(RetryBudget budget, string cluster)
    {
        bool may = budget.TryTake();
        metrics.Retried(cluster, may);
        return may;
    }

    private static bool IsRepeatable(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.ContainsKey("Idempotency-Key");

    private static bool AsksForStream(HttpRequest request)
    {
        string accept = request.Headers.Accept.ToString();
        return accept.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) || accept.Contains("ndjson", StringComparison.OrdinalIgnoreCase);
    }
}

using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using PromptPlatform.Gateway.Access;
using PromptPlatform.Gateway.Edge.Streams;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Hosting;

namespace PromptPlatform.Gateway.Edge;

/// <summary>The bounds of a proxied request: body size, and a deadline until its answer begins.</summary>
internal sealed class ForwardMiddleware(RequestDelegate next, RoutePolicies policies, LiveStreams streams, IOptions<LimitOptions> limits)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (policies.Of(http) is not { } policy)
            return next(http);
        if (policy.IsGrpc && !GrpcCall.Is(http))
            return EdgeAnswer.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "this path speaks gRPC: HTTP/2 with Content-Type: application/grpc; /docs lists the JSON operations");
        if (!policy.IsGrpc && BodyHeaders.Unreadable(http.Request) is { } problem)
            return EdgeAnswer.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", problem);
        if (policy.WebSocket && !WebSocketHandshake.Is(http.Request))
            return WebSocketHandshake.RefuseAsync(http);
        BoundBody(http, policy.MaxBodyBytes);
        if (policy.IsGrpc && !policy.Streams)
            GrpcTimeout.Bound(http.Request.Headers, limits.Value.RequestTimeout);
        return policy.Streams ? StreamAsync(http, policy) : ForwardAsync(http, policy);
    }

    private async Task ForwardAsync(HttpContext http, RoutePolicy policy)
    {
        var aborted = http.RequestAborted;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        deadline.CancelAfter(limits.Value.RequestTimeout);
        http.RequestAborted = deadline.Token;
        http.Features.Set(new EdgeState(policy, http.Response.Headers, deadline));
        try
        {
            await next(http);
        }
        finally
        {
            http.RequestAborted = aborted;
        }
    }

    private async Task StreamAsync(HttpContext http, RoutePolicy policy)
    {
        var aborted = http.RequestAborted;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        using var open = streams.Add(http.Features.Get<Grant>(), end);
        // A socket has to open in time; what a stream says first may come late.
        if (policy.WebSocket)
            end.CancelAfter(limits.Value.RequestTimeout);
        http.RequestAborted = end.Token;
        http.Features.Set(new EdgeState(policy, http.Response.Headers, policy.WebSocket ? end : null));
        try
        {
            await next(http);
        }
        finally
        {
            http.RequestAborted = aborted;
        }
    }

    private static void BoundBody(HttpContext http, int max)
    {
        if (http.Request.ContentLength > max)
            throw RequestException.TooLarge("body", $"has {http.Request.ContentLength} bytes; the limit here is {max}: send a shorter one");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = max;
    }
}

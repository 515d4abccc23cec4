using PromptPlatform.ServiceDefaults.Hosting;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace PromptPlatform.Gateway.Edge;

/// <summary>What changes on the way to a service and back. The table's headers rule both ways; see <see cref="RequestHygieneMiddleware"/>.</summary>
internal static class ProxyTransforms
{
    private const string ServerTiming = "Server-Timing";
    private static readonly string[] s_notForCallers = ["Server", "X-Powered-By"];

    /// <summary>Adds the transforms to every route.</summary>
    public static void Add(TransformBuilderContext route)
    {
        route.UseDefaultForwarders = false;
        route.AddXForwardedFor(action: ForwardedTransformActions.Set);
        route.AddRequestTransform(Send);
        route.AddResponseTransform(Receive);
    }

    private static ValueTask Send(RequestTransformContext request)
    {
        // A HEAD is a GET whose body Kestrel does not send; the services know GET only.
        if (HttpMethods.IsHead(request.HttpContext.Request.Method))
            request.ProxyRequest.Method = HttpMethod.Get;
        request.HttpContext.Features.Get<EdgeState>()?.Forwarded();
        return ValueTask.CompletedTask;
    }

    private static ValueTask Receive(ResponseTransformContext response)
    {
        if (response.ProxyResponse is null || response.SuppressResponseBody || response.HttpContext.Features.Get<EdgeState>() is not { } state)
            return ValueTask.CompletedTask;
        var headers = response.HttpContext.Response.Headers;
        foreach (string name in s_notForCallers)
            headers.Remove(name);
        // Both have sent these; the gateway's hold.
        headers[RequestIdMiddleware.Header] = response.HttpContext.TraceIdentifier;
        headers.XContentTypeOptions = "nosniff";
        var (gateway, upstream) = state.Answered();
        headers.Append(ServerTiming, ServerTimings.Text(gateway, upstream));
        return ValueTask.CompletedTask;
    }
}

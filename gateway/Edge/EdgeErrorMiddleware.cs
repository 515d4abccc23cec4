using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace PromptPlatform.Gateway.Edge;

/// <summary>
/// Answers what went wrong between caller and service. Faults of JSON requests pass through to <see cref="ProblemMiddleware"/>; gRPC
/// calls get a gRPC status. What a service answered itself is left alone.
/// </summary>
internal sealed class EdgeErrorMiddleware(RequestDelegate next, IOptions<LimitOptions> limits, ILogger<EdgeErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (RequestException error) when (GrpcCall.Is(http) && !http.Response.HasStarted)
        {
            await GrpcCall.AnswerAsync(http, error);
            return;
        }
        catch (Exception error) when (error is not RequestException && GrpcCall.Is(http) && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            logger.CallFailed(http.Request.Path, error);
            await GrpcCall.AnswerAsync(http, RequestException.Internal(error));
            return;
        }
        if (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
            await AnswerBareAsync(http);
    }

    private Task AnswerBareAsync(HttpContext http)
    {
        if (http.Features.Get<IForwarderErrorFeature>() is { } failure && http.Features.Get<EdgeState>() is { } state)
            return AnswerForwardFaultAsync(http, failure, state);
        int status = http.Response.StatusCode;
        if (status == StatusCodes.Status405MethodNotAllowed && HttpMethods.IsOptions(http.Request.Method))
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        else if (status >= 400 && GrpcCall.Is(http) && http.Response.ContentType is null)
            return GrpcCall.AnswerAsync(http, GrpcCall.StatusOf(status), status is 404 or 405 ? "no such method; /docs lists the operations" : FaultStatus.Title(status));
        return Task.CompletedTask;
    }

    private Task AnswerForwardFaultAsync(HttpContext http, IForwarderErrorFeature failure, EdgeState state)
    {
        var fault = ForwardFault.Of(failure, state.Policy.Audience, state.TimedOut, limits.Value.RequestTimeout);
        if (fault.IsOurs)
            logger.UpstreamFailed(state.Policy.Audience, http.GetEndpoint()?.DisplayName ?? "", failure.Error.ToString(), failure.Exception);
        state.RestoreHeaders(http);
        // The caller's fault is a body that was not read to its end.
        if (!fault.IsOurs)
            EdgeAnswer.EndConnection(http);
        return EdgeAnswer.WriteAsync(http, fault.Status, fault.Code, fault.Detail, fault.IsOurs ? TimeSpan.FromSeconds(1) : null);
    }
}

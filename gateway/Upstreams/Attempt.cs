using Yarp.ReverseProxy.Forwarder;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>The first attempt of a request that may have a second one.</summary>
/// <param name="isRepeatable">Whether doing it twice does no harm: read by GET or HEAD, or carrying an Idempotency-Key.</param>
/// <param name="body">Its body; null when it has none.</param>
/// <param name="mayRetry">Takes a retry from the budget.</param>
internal sealed class Attempt(bool isRepeatable, ReplayBody? body, Func<bool> mayRetry)
{
    private bool _retried;

    /// <summary>Whether the answer was thrown away for a second attempt.</summary>
    public bool AnswerRefused { get; private set; }

    /// <summary>Asked when the answer of a replica begins: whether to throw it away and send the request again.</summary>
    public bool RefusesAnswer(HttpResponseMessage answer)
    {
        if (_retried || !isRepeatable || !SaysUnavailable(answer) || body is { IsWhole: false } || !mayRetry())
            return false;
        return _retried = AnswerRefused = true;
    }

    /// <summary>Asked when the attempt has ended without an answer: whether to send the request again.</summary>
    public bool ShouldRepeat(HttpContext http)
    {
        if (_retried || http.Response.HasStarted || http.RequestAborted.IsCancellationRequested || http.Features.Get<IForwarderErrorFeature>() is not { } failure)
            return false;
        bool harmless = TransportFault.NeverProcessed(failure.Exception)
            || (isRepeatable && failure.Error is ForwarderError.Request or ForwarderError.RequestBodyDestination or ForwarderError.ResponseBodyDestination);
        return _retried = harmless && body?.TryRewind() != false && mayRetry();
    }

    /// <summary>Whether the body, if there is one, begins again.</summary>
    public bool TryRewind() => body?.TryRewind() != false;

    // UNAVAILABLE in the headers: gRPC without a message (trailers only).
    private static bool SaysUnavailable(HttpResponseMessage answer) =>
        (int)answer.StatusCode is 502 or 503 or 504 || (answer.Headers.TryGetValues("grpc-status", out var status) && status.FirstOrDefault() == "14");
}

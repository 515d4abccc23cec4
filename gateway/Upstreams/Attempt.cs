using Yarp.ReverseProxy.Forwarder;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>The first attempt of a request that may have a second one.</summary>
/// <param name="isRepeatable">Whether doing it twice does no harm: read by GET or HEAD, or carrying an Idempotency-Key.</param>
/// <param name="body">Its body; null when it has none.</param>
/// <param name="mayRetry">Takes a retry from the budget.</param>
internal sealed class Attempt(bool isRepeatable, ReplayBody? body, Func<bool> mayRetry)
{
    private const int Waiting = 0, Answered = 1, GivenUp = 2;
    private int _state;

    /// <summary>Whether the replica may be left while it works on it; not on the second attempt.</summary>
    public bool MayLeave => isRepeatable && Volatile.Read(ref _state) == Waiting;

    /// <summary>Asked when the replica has stopped to answer: whether to give it up and send the request again.</summary>
    public bool TryLeave() => CanRepeat() && Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting;

    /// <summary>Asked when the answer of a replica begins: whether to throw it away and send the request again.</summary>
    public bool RefusesAnswer(HttpResponseMessage answer)
    {
        if (Volatile.Read(ref _state) == Answered)
            return false;
        int next = SaysFailed(answer) && CanRepeat() ? GivenUp : Answered;
        return Interlocked.CompareExchange(ref _state, next, Waiting) == GivenUp || next == GivenUp;
    }

    /// <summary>Asked when the attempt has ended: whether to send the request again. Its body then begins anew.</summary>
    public bool ShouldRepeat(HttpContext http)
    {
        int before = Interlocked.Exchange(ref _state, Answered);
        if (http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
            return false;
        return before == GivenUp ? Rewind() : http.Features.Get<IForwarderErrorFeature>() is { } failure && IsHarmless(failure) && Rewind() && mayRetry();
    }

    private bool CanRepeat() => Volatile.Read(ref _state) == Waiting && isRepeatable && body is not { IsWhole: false } && mayRetry();

    private bool IsHarmless(IForwarderErrorFeature failure) =>
        TransportFault.NeverProcessed(failure.Exception)
        || (isRepeatable && failure.Error is ForwarderError.Request or ForwarderError.RequestBodyDestination or ForwarderError.ResponseBodyDestination);

    private bool Rewind() => body?.TryRewind() != false;

    // 500 as well: one replica may have what its siblings have not, and where all have it the budget bounds the price.
    // gRPC without a message has its status in the headers (trailers only): UNKNOWN, INTERNAL, UNAVAILABLE.
    private static bool SaysFailed(HttpResponseMessage answer) =>
        (int)answer.StatusCode is 500 or 502 or 503 or 504 || (answer.Headers.TryGetValues("grpc-status", out var status) && status.FirstOrDefault() is "2" or "13" or "14");
}

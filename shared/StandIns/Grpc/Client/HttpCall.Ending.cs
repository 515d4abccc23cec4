using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

internal sealed partial class HttpCall<TRequest, TResponse>
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    // Timers tick coarsely: that of the server may reset the stream a little before our clock says so.
    private static readonly TimeSpan TimerTolerance = TimeSpan.FromMilliseconds(20);

    // What cancels the call and is not the caller is the timer, whatever the clock says.
    private bool DeadlinePassed => deadline is { } at
        && (cancellation.IsCancellationRequested || transport.Clock.GetUtcNow().UtcDateTime >= at - TimerTolerance);

    private bool CallerCancelled =>
        readCancelled
        || disposed
        || options.CancellationToken.IsCancellationRequested
        || propagated.IsCancellationRequested
        || transport.Disposed.IsCancellationRequested;

    private CancellationTokenSource CreateCancellation()
    {
        if (deadline is not { } at || at == DateTime.MaxValue)
        {
            return new CancellationTokenSource();
        }

        TimeSpan left = at - transport.Clock.GetUtcNow().UtcDateTime;
        return left > TimeSpan.Zero
            ? new CancellationTokenSource(left < LongestTimer ? left : LongestTimer, transport.Clock)
            : new CancellationTokenSource(TimeSpan.Zero);
    }

    private CancellationTokenRegistration Follow(CancellationToken token) =>
        token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), cancellation);

    // Ends the call with what the exception means, unless it has ended before, and gives the failure to throw.
    private RpcException Fail(Exception cause)
    {
        Metadata? trailers = (cause as RpcException)?.Trailers;
        End(Describe(cause), trailers is { Count: > 0 } ? trailers : null);
        return Final is { StatusCode: StatusCode.OK } ? new RpcException(Describe(cause)) : Failure();
    }

    private Status Describe(Exception cause) => cause switch
    {
        RpcException rpc => rpc.Status,
        _ when DeadlinePassed && !CallerCancelled => new(StatusCode.DeadlineExceeded, "Deadline Exceeded", cause),
        _ when CallerCancelled || (cause is OperationCanceledException && !TransportErrors.IsUnprocessed(cause)) => new(StatusCode.Cancelled, "Call canceled by the client.", cause),
        _ => TransportErrors.Describe(cause),
    };

    private void Release()
    {
        ofCaller.Unregister();
        ofServedCall.Unregister();
        ofChannel.Unregister();

        // Stops the deadline's timer; the source itself is not disposed, since a late cancellation may still reach it.
        cancellation.CancelAfter(Timeout.InfiniteTimeSpan);
        Response?.Dispose();
        if (Final is { StatusCode: StatusCode.OK })
        {
            transport.Retries.Throttle?.Succeeded();
        }

        telemetry?.End(Final?.StatusCode ?? StatusCode.Cancelled);
    }
}

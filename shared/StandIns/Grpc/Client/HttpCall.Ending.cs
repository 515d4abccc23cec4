using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

internal sealed partial class HttpCall<TRequest, TResponse>
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    // Clocks and timers of the two sides differ by less than this.
    private static readonly TimeSpan TimerTolerance = TimeSpan.FromMilliseconds(2);

    private bool DeadlinePassed => deadline is { } at && transport.Clock.GetUtcNow().UtcDateTime >= at - TimerTolerance;

    private bool CallerCancelled =>
        options.CancellationToken.IsCancellationRequested || propagated.IsCancellationRequested || disposed || transport.Disposed.IsCancellationRequested;

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

    private void Follow(CancellationToken token)
    {
        if (token.CanBeCanceled)
        {
            registrations.Add(token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), cancellation));
        }
    }

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
        _ when CallerCancelled || cause is OperationCanceledException => new(StatusCode.Cancelled, "Call canceled by the client.", cause),
        _ => TransportErrors.Describe(cause),
    };

    private void Release()
    {
        foreach (CancellationTokenRegistration registration in registrations)
        {
            registration.Unregister();
        }

        // Stops the deadline's timer; the source itself is not disposed, since a late cancellation may still reach it.
        cancellation.CancelAfter(Timeout.InfiniteTimeSpan);
        Response?.Dispose();
        telemetry.End(Final?.StatusCode ?? StatusCode.Cancelled);
    }
}

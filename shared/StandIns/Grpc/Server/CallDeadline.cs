using Microsoft.AspNetCore.Http;

namespace PromptPlatform.GrpcTransport;

/// <summary>The deadline of a served call: cancels its token and lets the call end even when the handler does not listen.</summary>
internal sealed class CallDeadline : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly TaskCompletionSource passed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource source;
    private readonly ITimer timer;

    private CallDeadline(HttpContext http, TimeSpan timeout, TimeProvider clock)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        At = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
        source = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        timer = clock.CreateTimer(
            static state => ((CallDeadline)state!).Pass(),
            this,
            timeout < LongestTimer ? timeout : LongestTimer,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>When it passes, in UTC.</summary>
    public DateTime At { get; }

    /// <summary>Cancelled by the deadline or by the client.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Completes when the deadline has passed.</summary>
    public Task Passed => passed.Task;

    /// <summary>Whether it has passed.</summary>
    public bool HasPassed => passed.Task.IsCompleted;

    /// <summary>Null when the request has no (valid) grpc-timeout.</summary>
    public static CallDeadline? Start(HttpContext http, TimeProvider clock) =>
        http.Request.Headers.GrpcTimeout is { Count: > 0 } header && GrpcTimeout.TryParse(header.ToString(), out TimeSpan timeout)
            ? new CallDeadline(http, timeout, clock)
            : null;

    public void Dispose()
    {
        // The source is not disposed: a handler that outlives its deadline may still use the token.
        timer.Dispose();
    }

    private void Pass()
    {
        passed.TrySetResult();
        source.Cancel();
    }
}

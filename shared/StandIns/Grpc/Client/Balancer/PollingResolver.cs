using Grpc.Core;
using Microsoft.Extensions.Logging;
using PromptPlatform.GrpcTransport;

namespace Grpc.Net.Client.Balancer;

/// <summary>A resolver that asks when it is told to. It asks again by itself after a failure or an empty answer, later each time.</summary>
public abstract class PollingResolver(ILoggerFactory loggerFactory) : Resolver
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource disposed = new();
    private readonly ILogger log = loggerFactory.CreateLogger<PollingResolver>();
    private Action<ResolverResult>? listener;
    private bool running;
    private bool heard;
    private bool asked;

    /// <summary>Hears the results.</summary>
    protected Action<ResolverResult> Listener => listener ?? throw new InvalidOperationException("The resolver has not been started.");

    /// <inheritdoc/>
    public sealed override void Start(Action<ResolverResult> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        if (this.listener is not null)
        {
            throw new InvalidOperationException("Resolver has already been started.");
        }

        this.listener = result =>
        {
            heard |= result.Addresses is { Count: > 0 };
            listener(result);
        };
        OnStarted();
        Refresh();
    }

    /// <summary>Asks now; while an answer is under way, once more after it.</summary>
    public sealed override void Refresh()
    {
        lock (gate)
        {
            asked = true;
            if (running || disposed.IsCancellationRequested)
            {
                return;
            }

            running = true;
        }

        _ = Task.Run(ResolveAllAsync);
    }

    /// <summary>Called once, before the first question.</summary>
    protected virtual void OnStarted()
    {
    }

    /// <summary>Asks once and tells the <see cref="Listener"/>.</summary>
    protected abstract Task ResolveAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        disposed.Cancel();
        base.Dispose(disposing);
    }

    private async Task ResolveAllAsync()
    {
        TimeSpan pause = FirstPause;
        while (TakeQuestion())
        {
            heard = false;
            await ResolveOnceAsync().ConfigureAwait(false);
            if (!heard && !disposed.IsCancellationRequested)
            {
                await Task.WhenAny(Task.Delay(pause, disposed.Token)).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                asked = true;
            }
        }
    }

    private bool TakeQuestion()
    {
        lock (gate)
        {
            running = asked && !disposed.IsCancellationRequested;
            asked = false;
            return running;
        }
    }

    private async Task ResolveOnceAsync()
    {
        try
        {
            await ResolveAsync(disposed.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!disposed.IsCancellationRequested)
        {
            log.ResolverFailed(e);
            Listener(ResolverResult.ForFailure(new Status(StatusCode.Unavailable, "Error refreshing resolver.", e)));
        }
        catch (OperationCanceledException)
        {
            // Disposed while it asked: nobody listens any more.
        }
    }
}

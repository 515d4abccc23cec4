using PromptPlatform.Messaging.Outbox;

namespace PromptPlatform.Standalone;

/// <summary>Runs the dispatcher from birth to disposal. What it did not bring waits in the outbox for the next start.</summary>
internal sealed class OutboxPump : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task pumping;

    public OutboxPump(OutboxDispatcher dispatcher) => pumping = Task.Run(() => dispatcher.RunAsync(stop.Token));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await pumping;
        }
        catch (OperationCanceledException)
        {
            // A delivery was under way; its transaction rolled back and it is repeated after the next start.
        }

        stop.Dispose();
    }
}

namespace PromptPlatform.GrpcTransport;

/// <summary>Lets one write at a time into a response. A write in flight delays the end, so that messages stay whole; after the end none gets in.</summary>
internal sealed class WriteGate
{
    private const int Open = 0;
    private const int Writing = 1;
    private const int Ended = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private int state;

    public void Enter()
    {
        if (Interlocked.CompareExchange(ref state, Writing, Open) != Open)
        {
            throw new InvalidOperationException("Can't write the message because the request is complete or the previous write is in progress.");
        }
    }

    public void Exit() => Volatile.Write(ref state, Open);

    /// <summary>Waits for a write in flight. A failed call may end twice.</summary>
    public async ValueTask EndAsync()
    {
        while (!TryEnd())
        {
            await Task.Delay(Pause).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for a write in flight, but no longer than the grace: a client that reads nothing may block it for good. False when it still is.</summary>
    public async ValueTask<bool> EndWithinAsync(TimeSpan grace)
    {
        for (TimeSpan waited = TimeSpan.Zero; waited < grace; waited += Pause)
        {
            if (TryEnd())
            {
                return true;
            }

            await Task.Delay(Pause).ConfigureAwait(false);
        }

        return TryEnd();
    }

    private bool TryEnd() => Interlocked.CompareExchange(ref state, Ended, Open) != Writing;
}

namespace PromptPlatform.GrpcTransport;

/// <summary>Lets one write at a time into a response. A write in flight delays the end, so that messages stay whole; after the end none gets in.</summary>
internal sealed class WriteGate
{
    private const int Open = 0;
    private const int Writing = 1;
    private const int Ended = 2;

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
        while (Interlocked.CompareExchange(ref state, Ended, Open) == Writing)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1)).ConfigureAwait(false);
        }
    }
}

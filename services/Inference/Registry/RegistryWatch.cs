namespace PromptPlatform.Inference.Registry;

/// <summary>Wakes the replica that made a change; the others see it at their next look.</summary>
internal sealed class RegistryWatch : IDisposable
{
    private readonly SemaphoreSlim changed = new(0, 1);

    /// <summary>Ends the present wait.</summary>
    public void LookNow()
    {
        try
        {
            changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // It was told already and has not looked yet.
        }
    }

    /// <summary>Waits for a change here, at most as long as given.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken cancellation) => changed.WaitAsync(most, cancellation);

    public void Dispose() => changed.Dispose();
}

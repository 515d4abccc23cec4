namespace PromptPlatform.Standalone;

/// <summary>A host inside this process: Ctrl+C is not its business, standalone stops it in its turn.</summary>
internal sealed class GuestLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

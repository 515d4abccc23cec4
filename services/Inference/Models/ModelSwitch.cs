namespace PromptPlatform.Inference.Models;

/// <summary>Changes which version serves: the new one is brought into memory beside the old, proven, and put in its place at once.</summary>
internal sealed class ModelSwitch(ModelLoader loader, ServedModels served, TimeProvider clock, InferenceMetrics metrics, ILogger<ModelSwitch> logger) : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Serves the model of some files. On any fault the version that served goes on serving.</summary>
    /// <returns>The version that was let go; null when none served.</returns>
    /// <exception cref="Exception">As <see cref="ModelLoader.Load"/>.</exception>
    public async Task<ServingModel?> ServeAsync(ModelFiles files, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            var started = clock.GetTimestamp();
            var next = await LoadAsync(files, cancellation);
            var before = served.Current;
            served.Serve(next);
            metrics.Switched();
            logger.ModelServing(next.Version, next.Model.Provider, clock.GetElapsedTime(started));
            return before;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<ServingModel> LoadAsync(ModelFiles files, CancellationToken cancellation)
    {
        ServingModel next;
        try
        {
            next = await Task.Run(() => loader.Load(files), cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            metrics.SwitchRefused();
            throw;
        }

        if (!cancellation.IsCancellationRequested) return next;
        next.LetGo();
        throw new OperationCanceledException(cancellation);
    }
}

namespace PromptPlatform.Inference.Models;

/// <summary>
/// Changes which versions are in memory: a new one is brought in beside the others, proven, and then put in its place at once. One
/// change at a time. On any fault everything stays as it was.
/// </summary>
internal sealed class ModelSwitch(ModelLoader loader, ServedModels served, TimeProvider clock, InferenceMetrics metrics, ILogger<ModelSwitch> logger) : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Serves a model; one that is in memory beside the serving one only changes places.</summary>
    /// <param name="version">Its version; null when it is known only from its files.</param>
    /// <param name="find">Finds its files.</param>
    /// <param name="cancellation">Leaves everything as it is.</param>
    /// <exception cref="Exception">As <see cref="ModelLoader.Load"/>.</exception>
    public async Task ServeAsync(string? version, Func<ModelFiles> find, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            var started = clock.GetTimestamp();
            var next = served.All.FirstOrDefault(model => model.Version == version) ?? await LoadAsync(version, find, cancellation);
            served.Serve(next);
            metrics.Switched();
            logger.ModelServing(next.Version, next.Model.Provider, clock.GetElapsedTime(started));
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Brings a model into memory beside the serving one.</summary>
    /// <exception cref="Exception">As <see cref="ModelLoader.Load"/>.</exception>
    public async Task AddAsync(string? version, Func<ModelFiles> find, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            var added = await LoadAsync(version, find, cancellation);
            served.Add(added);
            logger.ModelLoaded(added.Version, added.Model.Provider);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<ServingModel> LoadAsync(string? version, Func<ModelFiles> find, CancellationToken cancellation)
    {
        ServingModel next;
        try
        {
            next = await Task.Run(() => loader.Load(find()), cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            metrics.SwitchRefused();
            throw;
        }

        if (!cancellation.IsCancellationRequested && (version is null || version == next.Version)) return next;
        next.LetGo();
        cancellation.ThrowIfCancellationRequested();
        throw new InvalidDataException($"the files are those of model {next.Version}, not of {version}");
    }
}

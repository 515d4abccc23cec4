using PromptPlatform.Contracts.Catalog.V1;

namespace PromptPlatform.Catalog.Snapshots;

/// <summary>The newest snapshot, and a way to wait for the next.</summary>
internal sealed class SnapshotFeed
{
    private volatile TechniqueSnapshot? _current;
    private volatile TaskCompletionSource _changed = NewSignal();

    /// <summary>The newest snapshot; null before the first. Shared by all readers, who must not change it.</summary>
    public TechniqueSnapshot? Current => _current;

    /// <summary>Puts a snapshot in place. Called by one writer.</summary>
    public void Publish(TechniqueSnapshot snapshot)
    {
        _current = snapshot;
        var waiting = _changed;
        _changed = NewSignal();
        waiting.SetResult();
    }

    /// <summary>The newest snapshot of another version than the known one, as soon as there is one.</summary>
    public async Task<TechniqueSnapshot> NextAsync(string knownVersion, CancellationToken cancellation)
    {
        while (true)
        {
            // Taken before the look, so that no change falls between look and wait.
            var changed = _changed.Task;
            if (_current is { } snapshot && snapshot.Version != knownVersion)
                return snapshot;
            await changed.WaitAsync(cancellation);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

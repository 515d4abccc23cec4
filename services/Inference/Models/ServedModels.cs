using System.Collections.Immutable;

namespace PromptPlatform.Inference.Models;

/// <summary>
/// The versions in memory: the one that serves, and those loaded beside it. Changed by <see cref="ModelSwitch"/> only. A request
/// holds the version that it began with to its end, so that a change drops nothing.
/// </summary>
internal sealed class ServedModels
{
    private readonly Lock gate = new();
    private volatile State state = new(null, []);

    /// <summary>The version that serves; null until one is warm, and again from the stop on. To use it, hold it: <see cref="Hold"/>.</summary>
    public ServingModel? Current => state.Current;

    /// <summary>All versions in memory, the serving one first.</summary>
    public IReadOnlyList<ServingModel> All
    {
        get
        {
            var seen = state;
            return seen.Current is { } current ? [current, .. seen.Beside] : seen.Beside;
        }
    }

    /// <summary>Holds the serving version, or the one named; null when it is not in memory. Let it go.</summary>
    /// <param name="version">Empty: the serving one.</param>
    public ServingModel? Hold(string version = "")
    {
        while (true)
        {
            var seen = state;
            var found = version.Length == 0 || version == seen.Current?.Version ? seen.Current : seen.Beside.Find(model => model.Version == version);
            if (found is null || found.TryHold()) return found;

            // Let go between our two reads: then the state has changed.
        }
    }

    /// <summary>Makes a warm model the one that serves; one from beside it leaves its place there. The one before is let go.</summary>
    public void Serve(ServingModel next)
    {
        ServingModel? before;
        lock (gate)
        {
            before = state.Current;
            if (before == next) return;
            state = new(next, state.Beside.Remove(next));
        }

        before?.LetGo();
    }

    /// <summary>Puts a warm model beside the serving one.</summary>
    public void Add(ServingModel model)
    {
        lock (gate) state = state with { Beside = state.Beside.Add(model) };
    }

    /// <summary>Lets a model beside the serving one go.</summary>
    public void Remove(ServingModel model)
    {
        lock (gate) state = state with { Beside = state.Beside.Remove(model) };
        model.LetGo();
    }

    /// <summary>Lets all models go.</summary>
    /// <returns>Those that were in memory.</returns>
    public IReadOnlyList<ServingModel> Clear()
    {
        IReadOnlyList<ServingModel> all;
        lock (gate)
        {
            all = All;
            state = new(null, []);
        }

        foreach (var model in all) model.LetGo();
        return all;
    }

    private sealed record State(ServingModel? Current, ImmutableList<ServingModel> Beside);
}

using System.Collections.Concurrent;

namespace PromptPlatform.Interop.Tests.Ours;

/// <summary>The calls that our servers served, by the name in their x-call header.</summary>
internal sealed class ServedCalls
{
    private readonly ConcurrentDictionary<string, ServedCall> calls = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> releases = new();

    public void Add(string name, ServedCall call) => calls[name] = call;

    public ServedCall? Find(string name) => calls.GetValueOrDefault(name);

    public TaskCompletionSource ReleaseOf(string name) =>
        releases.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}

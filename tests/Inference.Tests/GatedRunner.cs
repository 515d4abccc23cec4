using PromptPlatform.Inference.Batching;

namespace PromptPlatform.Inference.Tests;

/// <summary>A model that answers each prompt with its first id, runs only when told to, and remembers the Runs.</summary>
internal sealed class GatedRunner : IBatchRunner
{
    private readonly SemaphoreSlim gate = new(0);
    private readonly SemaphoreSlim entered = new(0);
    private float[] logits = [];

    public List<int[]> Runs { get; } = [];

    public bool Failing { get; set; }

    public bool Disposed { get; private set; }

    public int Width => 1;

    /// <summary>Lets this many Runs pass.</summary>
    public void Open(int runs) => gate.Release(runs);

    /// <summary>Waits until a Run has begun.</summary>
    public async Task EnteredAsync() => Assert.That(await entered.WaitAsync(TimeSpan.FromSeconds(20)), "no Run began");

    public ReadOnlySpan<float> Run(ReadOnlySpan<PendingPrompt> prompts)
    {
        Runs.Add([.. prompts.ToArray().Select(prompt => prompt.Ids.Length)]);
        entered.Release();
        if (!gate.Wait(TimeSpan.FromSeconds(20))) throw new TimeoutException("the gate stayed closed");
        if (Failing) throw new InvalidOperationException("the model broke");
        logits = [.. prompts.ToArray().Select(prompt => (float)prompt.Ids[0])];
        return logits;
    }

    public void Dispose() => Disposed = true;
}

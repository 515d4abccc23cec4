using PromptPlatform.Inference.Batching;

namespace PromptPlatform.Inference.Tests;

/// <summary>A model that answers each row with its first id, runs only when told to, and remembers the Runs.</summary>
/// <param name="width">Logits per row, all the same.</param>
internal sealed class GatedRunner(int width = 1) : IBatchRunner
{
    private readonly SemaphoreSlim gate = new(0);
    private readonly SemaphoreSlim entered = new(0);
    private float[] logits = [];

    public List<int[]> Runs { get; } = [];

    public bool Failing { get; set; }

    /// <summary>The thread of the last Run.</summary>
    public int Thread { get; private set; }

    public bool Disposed { get; private set; }

    public int Width => width;

    /// <summary>Lets this many Runs pass.</summary>
    public void Open(int runs) => gate.Release(runs);

    /// <summary>Waits until a Run has begun.</summary>
    public async Task EnteredAsync() => Assert.That(await entered.WaitAsync(TimeSpan.FromSeconds(20)), "no Run began");

    public ReadOnlySpan<float> Run(ReadOnlySpan<int[]> rows)
    {
        Runs.Add([.. rows.ToArray().Select(row => row.Length)]);
        Thread = Environment.CurrentManagedThreadId;
        entered.Release();
        if (!gate.Wait(TimeSpan.FromSeconds(20))) throw new TimeoutException("the gate stayed closed");
        if (Failing) throw new InvalidOperationException("the model broke");
        logits = [.. rows.ToArray().SelectMany(row => Enumerable.Repeat((float)row[0], width))];
        return logits;
    }

    public void Dispose() => Disposed = true;
}

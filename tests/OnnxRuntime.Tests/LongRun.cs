using Microsoft.ML.OnnxRuntime;

namespace PromptPlatform.OnnxRuntime.Tests;

/// <summary>A Run that goes on until somebody ends it, on a thread of its own.</summary>
internal sealed class LongRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly long[] rounds = [long.MaxValue];
    private readonly float[] result = [0];

    public LongRun()
    {
        Rounds = OrtValue.CreateTensorValueFromMemory(rounds, []);
        Start = OrtValue.CreateTensorValueFromMemory([0f], []);
        Sum = OrtValue.CreateTensorValueFromMemory(result, []);
    }

    public InferenceSession Session { get; } = new(Path.Combine(TestContext.CurrentContext.TestDirectory, "Fixtures", "loop.onnx"));

    public RunOptions Options { get; } = new();

    public OrtValue Rounds { get; }

    public OrtValue Start { get; }

    public OrtValue Sum { get; }

    /// <summary>Starts it and waits until it is inside the library: by then the thread has run for a while without coming back.</summary>
    public async Task<Task> StartAsync()
    {
        using ManualResetEventSlim started = new();
        var run = Task.Factory.StartNew(
            () =>
            {
                started.Set();
                Session.Run(Options, ["rounds", "start"], [Rounds, Start], ["sum"], [Sum]);
            },
            TaskCreationOptions.LongRunning);
        Assert.That(started.Wait(Patience));
        await Task.Delay(100);
        Assert.That(run.IsCompleted, Is.False);
        return run;
    }

    /// <summary>Waits for its end, which is the failure that a terminated Run reports.</summary>
    public static async Task EndsTerminatedAsync(Task run)
    {
        await Task.WhenAny(run, Task.Delay(Patience));
        Assert.That(run.IsCompleted, "the Run did not end");
        Assert.That(run.Exception?.InnerException, Is.TypeOf<OnnxRuntimeException>().With.Message.Contains("terminate"));
    }

    public void Dispose()
    {
        Session.Dispose();
        Options.Dispose();
        Rounds.Dispose();
        Start.Dispose();
        Sum.Dispose();
    }
}

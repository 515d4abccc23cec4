namespace PromptPlatform.OnnxRuntime.Tests;

/// <summary>What other threads may do while a Run is inside the library.</summary>
public sealed class RunInFlightTests
{
    [Test]
    public async Task Terminate_FromAnotherThread_EndsTheRun()
    {
        using LongRun model = new();
        var run = await model.StartAsync();

        model.Options.Terminate = true;

        await LongRun.EndsTerminatedAsync(run);
    }

    [Test]
    public async Task Dispose_OfEverythingARunUses_WaitsForItsEnd()
    {
        using LongRun model = new();
        var run = await model.StartAsync();

        model.Session.Dispose();
        model.Rounds.Dispose();
        model.Start.Dispose();
        model.Sum.Dispose();
        GC.Collect();

        Assert.That(run.IsCompleted, Is.False);
        Assert.That(model.Rounds.Handle.IsClosed, Is.False);
        Assert.That(model.Sum.Handle.IsClosed, Is.False);
        model.Options.Terminate = true;
        model.Options.Dispose();
        await LongRun.EndsTerminatedAsync(run);
        Assert.That(model.Rounds.Handle.IsClosed);
        Assert.That(model.Sum.Handle.IsClosed);
        Assert.That(() => model.Session.CreateIoBinding(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => model.Options.Terminate = false, Throws.TypeOf<ObjectDisposedException>());
    }
}

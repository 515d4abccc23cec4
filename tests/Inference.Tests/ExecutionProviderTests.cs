using Microsoft.Extensions.Logging;
using PromptPlatform.Inference.Batching;
using PromptPlatform.Inference.Models;

namespace PromptPlatform.Inference.Tests;

/// <summary>What a wanted accelerator becomes on a machine that has none.</summary>
public sealed class ExecutionProviderTests
{
    [SetUp]
    public void NeedAMachineWithoutAGpu() => Assume.That(File.Exists("/dev/nvidia0"), Is.False, "this machine has a GPU");

    [TestCase(nameof(Accelerator.Cuda)), TestCase(nameof(Accelerator.TensorRt))]
    public void Load_OnAnAcceleratorThatIsMissing_RunsOnTheProcessorAndLogsWhy(string wanted)
    {
        WarningLog log = new();

        using var model = LoadedModel.Load(ModelFiles.In(Fixture.TinyFolder), Enum.Parse<Accelerator>(wanted), 0, log);

        using var runner = model.CreateRunner(new());
        Assert.That(model.Provider, Is.EqualTo(ExecutionProvider.Cpu));
        Assert.That(runner.Run([[5, 6]]).Length, Is.EqualTo(model.Card.Width));
        Assert.That(log.Warnings, Has.Count.EqualTo(1));
        Assert.That(log.Warnings[0], Does.StartWith(wanted).And.Contain("onnxruntime_providers").And.Contain("processor"));
    }

    [Test]
    public void Load_OnTheProcessor_LogsNothing()
    {
        WarningLog log = new();

        using var model = LoadedModel.Load(ModelFiles.In(Fixture.TinyFolder), Accelerator.Cpu, 0, log);

        Assert.That(log.Warnings, Is.Empty);
    }

    [Test]
    public async Task Service_ThatIsToUseCuda_ServesOnTheProcessor()
    {
        await using var server = await InferenceServer.StartAsync(Fixture.TinyFolder, "--Inference:Accelerator=Cuda");
        await server.BecomeReadyAsync();

        var models = await server.ListModelsAsync();

        Assert.That(models.Models.Single().Provider, Is.EqualTo(ExecutionProvider.Cpu));
    }

    private sealed class WarningLog : ILogger
    {
        public List<string> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Warnings.Add(formatter(state, exception));
    }
}

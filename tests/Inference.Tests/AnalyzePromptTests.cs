using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Analysis;
using PromptPlatform.Inference.Batching;
using PromptPlatform.Inference.Models;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Inference.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AnalyzePromptTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly GatedRunner runner = new();
    private readonly ServedModel served = new();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LoadedModel model = Fixture.Load(Fixture.TinyFolder);
    private readonly Batcher batcher;
    private readonly AnalyzePrompt analyze;

    public AnalyzePromptTests()
    {
        InferenceMetrics metrics = new(services.GetRequiredService<IMeterFactory>());
        batcher = new(new() { QueueCapacity = 1, Workers = 1 }, () => runner, TimeProvider.System, metrics, NullLogger.Instance);
        served.Current = new(model, batcher);
        analyze = new(served, TimeProvider.System, metrics);
    }

    [Test]
    public async Task Analyze_WhenTheQueueIsFull_IsExhaustedAtOnce()
    {
        using CancellationTokenSource callers = new();
        var running = AnalyzeAsync("the cat reads", callers.Token);
        await runner.EnteredAsync();
        var queued = AnalyzeAsync("a small dog", callers.Token);

        Assert.That(
            () => AnalyzeAsync("one too many", CancellationToken.None),
            Throws.TypeOf<RequestException>().With.Property("Fault").EqualTo(RequestFault.Exhausted));

        await callers.CancelAsync();
        Assert.That(async () => await queued.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await running.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Analyze_WhenNoModelServes_IsUnavailable()
    {
        served.Current = null;

        Assert.That(
            () => AnalyzeAsync("the cat reads", CancellationToken.None),
            Throws.TypeOf<RequestException>().With.Property("Fault").EqualTo(RequestFault.Unavailable));
    }

    [Test]
    public void Analyze_OfMoreThan32768Characters_IsTooLarge() => Assert.That(
        () => AnalyzeAsync(new string('a', 32_769), CancellationToken.None),
        Throws.TypeOf<RequestException>().With.Property("Fault").EqualTo(RequestFault.TooLarge));

    [TestCase(256, 256, false)]
    [TestCase(257, 256, true)]
    [TestCase(1, 1, false)]
    public void Cut_KeepsTheFirst160AndTheLast96(int length, int kept, bool cut)
    {
        var ids = Enumerable.Range(0, length).ToArray();

        var window = PromptWindow.Cut(ids, 160, 96, out var truncated);

        Assert.That(truncated, Is.EqualTo(cut));
        Assert.That(window, Is.EqualTo(cut ? ids[..160].Concat(ids[^96..]) : ids).And.Length.EqualTo(kept));
    }

    public void Dispose()
    {
        runner.Open(1000);
        batcher.Drain(Patience);
        model.Dispose();
        services.Dispose();
    }

    private Task<AnalyzeResponse> AnalyzeAsync(string text, CancellationToken cancellation) => analyze.HandleAsync(new() { Text = text }, cancellation);
}

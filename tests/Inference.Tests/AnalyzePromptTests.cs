using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
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

    private readonly GatedRunner runner = new(width: 31);
    private readonly ServedModels served = new();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LoadedModel model = Fixture.Load(Fixture.TinyFolder);
    private readonly Batcher batcher;
    private readonly AnalyzePrompt analyze;

    public AnalyzePromptTests()
    {
        InferenceMetrics metrics = new(services.GetRequiredService<IMeterFactory>());
        InferenceOptions options = new() { Batching = new() { QueueCapacity = 1, Workers = 1 } };
        batcher = new(options.Batching, () => runner, TimeProvider.System, metrics.Of("tiny"), NullLogger.Instance);
        served.Serve(new(model, batcher, metrics.Of("tiny"), _ => true));
        analyze = new(served, TimeProvider.System, Options.Create(options));
    }

    [Test]
    public async Task Analyze_WhenTheQueueIsFull_IsExhaustedAtOnce()
    {
        using CancellationTokenSource callers = new();
        var running = Task.Run(() => AnalyzeAsync("the cat reads", callers.Token));
        await runner.EnteredAsync();
        var queued = AnalyzeAsync("a small dog", callers.Token);

        Assert.That(
            () => AnalyzeAsync("one too many", CancellationToken.None),
            Throws.TypeOf<RequestException>().With.Property("Fault").EqualTo(RequestFault.Exhausted));

        await callers.CancelAsync();
        Assert.That(async () => await queued.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        runner.Open(1);
        Assert.That((await running.WaitAsync(Patience)).Intents, Has.Count.EqualTo(16));
    }

    [Test]
    public void Analyze_WhenNoModelServes_IsUnavailable()
    {
        served.Clear();

        Assert.That(
            () => AnalyzeAsync("the cat reads", CancellationToken.None),
            Throws.TypeOf<RequestException>().With.Property("Fault").EqualTo(RequestFault.Unavailable));
    }

    [Test]
    public async Task Analyze_WhenTheModelHasFurtherHeads_AnswersThemByName()
    {
        using GatedRunner wide = new(width: 33);
        wide.Open(1);
        var card = model.Card with { Heads = [new("injection", ["no", "yes"], 1), .. model.Card.Heads] };
        InferenceMetrics metrics = new(services.GetRequiredService<IMeterFactory>());
        using Batcher own = new(new() { Workers = 1 }, () => wide, TimeProvider.System, metrics.Of("wide"), NullLogger.Instance);
        served.Serve(new(new LoadedModel(card, model.Tokenizer, null!, "", 0), own, metrics.Of("wide"), _ => true));

        var analysis = await AnalyzeAsync("the cat reads", CancellationToken.None);

        Assert.That(analysis.Heads.Select(head => (head.Name, head.Predictions.Count)), Is.EqualTo(new[] { ("injection", 2) }));
        Assert.That(analysis.Intents, Has.Count.EqualTo(16));
        Assert.That(analysis.Complexities, Has.Count.EqualTo(3));
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

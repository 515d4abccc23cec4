using PromptPlatform.Inference.Models;
using PromptPlatform.TestKit;

namespace PromptPlatform.Inference.Tests.Registry;

/// <summary>Versions change while requests run, and nobody notices but by the version.</summary>
public sealed class SwapTests
{
    private const int Swaps = 20;
    private const int Callers = 32;
    private const int CallsPerSwap = 150;

    private int answers;

    [Test]
    public async Task Promote_TwentyTimesUnderLoad_DropsNoRequest()
    {
        var errors = new ErrorLogGuard();
        await using var models = await ModelApplication.StartAsync(errors);
        string[] versions = [models.Shipped, await models.RegisterAsync(2, turned: true)];
        var intents = new Dictionary<string, string> { [versions[0]] = (await models.AnalyzeAsync("the cat reads a letter")).Intents[0].Label };
        await models.PromoteAsync(versions[1]);
        await models.UntilServesAsync(versions[1]);
        intents[versions[1]] = (await models.AnalyzeAsync("the cat reads a letter")).Intents[0].Label;
        var first = models.Served.Current!;

        using CancellationTokenSource done = new();
        var load = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallAsync(models, intents, done.Token))).ToArray();
        for (var i = 0; i < Swaps; i++)
        {
            await models.PromoteAsync(versions[i % 2]);
            await models.UntilServesAsync(versions[i % 2]);
            await models.UntilAsync(() => Volatile.Read(ref answers) > (i + 1) * CallsPerSwap);
        }

        await done.CancelAsync();
        var answered = (await Task.WhenAll(load).WithinAsync(60)).ToArray();
        TestContext.Out.WriteLine($"{Swaps} swaps, {answered.Sum(counts => counts.Values.Sum())} calls, none failed");

        Assert.That(intents[versions[0]], Is.Not.EqualTo(intents[versions[1]]));
        Assert.That(answered.Sum(counts => counts.Values.Sum()), Is.GreaterThan(Swaps * CallsPerSwap));
        foreach (var version in versions) Assert.That(answered.Sum(counts => counts.GetValueOrDefault(version)), Is.GreaterThan(100), version);
        Assert.That(await first.Unloaded.WithinAsync(), "a model that nobody uses must leave the memory");
        Assert.That(models.Served.All, Has.Count.EqualTo(1));
        errors.Verify();
    }

    [Test]
    public async Task Swap_WhileARequestRuns_AnswersItWithTheVersionThatItBeganWith()
    {
        var errors = new ErrorLogGuard();
        await using var models = await ModelApplication.StartAsync(errors);
        var old = models.Served.Hold()!;

        var version = await models.RegisterAsync(2);
        await models.PromoteAsync(version);
        await models.UntilServesAsync(version);

        Assert.That(old.Unloaded.IsCompleted, Is.False);
        Assert.That((await old.Batcher.TryEnqueue([5, 6], [], CancellationToken.None)!).Logits, Has.Length.EqualTo(31));
        old.LetGo();
        Assert.That(await old.Unloaded.WithinAsync());
        Assert.That(old.TryHold(), Is.False);
        errors.Verify();
    }

    [Test]
    public async Task Callers_WhoLeaveDuringSwaps_KeepNoModelInMemory()
    {
        var errors = new ErrorLogGuard();
        errors.Announce(error => error.Exception is IOException);
        await using var models = await ModelApplication.StartAsync(errors);
        var version = await models.RegisterAsync(2);
        var old = models.Served.Current!;
        var calls = Enumerable.Range(0, 400).Select(async i =>
        {
            using CancellationTokenSource leave = new(TimeSpan.FromMilliseconds(i % 20));
            await models.AnalyzeAsync("the cat reads a letter to the old man", cancellation: leave.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }).ToArray();

        await models.PromoteAsync(version);
        await models.UntilServesAsync(version);
        await Task.WhenAll(calls).WithinAsync();

        Assert.That(await old.Unloaded.WithinAsync());
        Assert.That((await models.AnalyzeAsync("the cat")).ModelVersion, Is.EqualTo(version));
        errors.Verify();
    }

    private async Task<Dictionary<string, int>> CallAsync(ModelApplication models, Dictionary<string, string> intents, CancellationToken done)
    {
        Dictionary<string, int> counts = [];
        while (!done.IsCancellationRequested)
        {
            var answer = await models.AnalyzeAsync("the cat reads a letter", cancellation: CancellationToken.None);
            Assert.That(answer.Intents[0].Label, Is.EqualTo(intents[answer.ModelVersion]), "an answer of one version with the labels of another");
            Interlocked.Increment(ref answers);
            counts[answer.ModelVersion] = counts.GetValueOrDefault(answer.ModelVersion) + 1;
        }

        return counts;
    }
}

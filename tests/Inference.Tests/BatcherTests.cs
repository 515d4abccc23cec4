using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PromptPlatform.Inference.Batching;

namespace PromptPlatform.Inference.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BatcherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly GatedRunner runner = new();
    private ServiceProvider services = null!;
    private Batcher batcher = null!;

    [SetUp]
    public void StartOneWorker()
    {
        services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        BatchingOptions options = new() { QueueCapacity = 4, Workers = 1, MaxBatchTokens = 256, MaxBatchPrompts = 8 };
        batcher = new(options, () => runner, TimeProvider.System, new InferenceMetrics(services.GetRequiredService<IMeterFactory>()).Of("tiny"), NullLogger.Instance);
    }

    [TearDown]
    public void StopTheWorker()
    {
        runner.Open(1000);
        batcher.Drain(Patience);
        services.Dispose();
    }

    [Test]
    public void TryEnqueue_WhenNobodyWaits_IsRunAtOnceOnTheCallersThread()
    {
        runner.Open(1);

        var reply = batcher.TryEnqueue([7, 8], [], CancellationToken.None)!;

        Assert.That(reply.IsCompletedSuccessfully);
        Assert.That(reply.Result.Logits, Is.EqualTo(new[] { 7f }));
        Assert.That(reply.Result.BatchSize, Is.EqualTo(1));
        Assert.That(runner.Thread, Is.EqualTo(Environment.CurrentManagedThreadId));
    }

    [Test]
    public async Task TryEnqueue_WithVariants_IsRunAloneAndAnsweredWithAllOfThem()
    {
        await OccupyTheWorkerAsync();
        var before = batcher.TryEnqueue([1], [], CancellationToken.None)!;
        var whole = batcher.TryEnqueue([2, 3], [[3], [2]], CancellationToken.None)!;

        runner.Open(10);
        var answer = await whole.WaitAsync(Patience);

        Assert.That(answer.Logits, Is.EqualTo(new[] { 2f, 3, 2 }));
        Assert.That((await before.WaitAsync(Patience)).Logits, Is.EqualTo(new[] { 1f }));
        Assert.That(runner.Runs, Is.EqualTo(new[] { new[] { 1 }, [1], [2, 1, 1] }));
    }

    [Test]
    public async Task TryEnqueue_WithManyVariants_RunsThemInPartsAndAnswersThemInOrder()
    {
        runner.Open(10);

        var answer = await batcher.TryEnqueue(Ids(100, 1), [Ids(90, 2), Ids(99, 3), Ids(80, 4), Ids(98, 5)], CancellationToken.None)!.WaitAsync(Patience);

        Assert.That(answer.Logits, Is.EqualTo(new[] { 1f, 2, 3, 4, 5 }));
        Assert.That(runner.Runs, Is.EqualTo(new[] { new[] { 100, 90 }, [99, 80], [98] }));
    }

    [Test]
    public async Task TryEnqueue_WithVariants_TakesAsMuchOfTheQueueAsItsRows()
    {
        await OccupyTheWorkerAsync();
        Assert.That(batcher.TryEnqueue([2, 3], [[3], [2]], CancellationToken.None), Is.Not.Null);

        Assert.That(batcher.TryEnqueue([1], [], CancellationToken.None), Is.Not.Null);
        Assert.That(batcher.TryEnqueue([1], [], CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Worker_OnceAnInlineRunEnds_TakesWhatCameMeanwhile()
    {
        var running = await OccupyTheWorkerAsync();
        var queued = batcher.TryEnqueue([5], [], CancellationToken.None)!;

        runner.Open(2);

        Assert.That((await queued.WaitAsync(Patience)).Logits, Is.EqualTo(new[] { 5f }));
        Assert.That((await running.WaitAsync(Patience)).Logits, Is.EqualTo(new[] { 0f }));
    }

    [Test]
    public async Task TryEnqueue_WhenTheQueueIsFull_IsNull()
    {
        var running = await OccupyTheWorkerAsync();
        for (var i = 0; i < 4; i++) Assert.That(batcher.TryEnqueue([i], [], CancellationToken.None), Is.Not.Null);

        Assert.That(batcher.TryEnqueue([9], [], CancellationToken.None), Is.Null);
        Assert.That(running.IsCompleted, Is.False);
    }

    [Test]
    public async Task TryEnqueue_WhenTheQueueIsFullOfTheAbandoned_TakesTheirPlace()
    {
        await OccupyTheWorkerAsync();
        using CancellationTokenSource caller = new();
        var abandoned = batcher.TryEnqueue([1], [], caller.Token)!;
        for (var i = 0; i < 3; i++) _ = batcher.TryEnqueue([i], [], CancellationToken.None);
        await caller.CancelAsync();

        Assert.That(batcher.TryEnqueue([9], [], CancellationToken.None), Is.Not.Null);
        Assert.That(async () => await abandoned.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Worker_DropsPromptsWhoseCallerHasLeft()
    {
        await OccupyTheWorkerAsync();
        using CancellationTokenSource caller = new();
        var abandoned = batcher.TryEnqueue([1, 1, 1], [], caller.Token)!;
        var kept = batcher.TryEnqueue([2, 2], [], CancellationToken.None)!;
        await caller.CancelAsync();

        runner.Open(10);
        var answer = await kept.WaitAsync(Patience);

        Assert.That(answer.BatchSize, Is.EqualTo(1));
        Assert.That(runner.Runs, Has.None.EqualTo(new[] { 3 }));
        Assert.That(async () => await abandoned.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Worker_TakesWhatIsQueuedAndSplitsItByLength()
    {
        await OccupyTheWorkerAsync();
        var replies = new[] { Ids(10, 1), Ids(200, 2), Ids(11, 3), Ids(10, 4) }.Select(ids => batcher.TryEnqueue(ids, [], CancellationToken.None)!).ToArray();

        runner.Open(10);
        var answers = await Task.WhenAll(replies).WaitAsync(Patience);

        Assert.That(answers.Select(answer => answer.Logits[0]), Is.EqualTo(new[] { 1f, 2, 3, 4 }));
        Assert.That(runner.Runs.Skip(1), Is.EqualTo(new[] { new[] { 11, 10, 10 }, [200] }));
    }

    [Test]
    public async Task Worker_WhenARunFails_TellsItsCallersAndGoesOn()
    {
        runner.Failing = true;
        runner.Open(2);
        var broken = batcher.TryEnqueue([1], [], CancellationToken.None)!;
        Assert.That(async () => await broken.WaitAsync(Patience), Throws.InvalidOperationException);

        runner.Failing = false;
        var next = batcher.TryEnqueue([2], [], CancellationToken.None)!;

        Assert.That((await next.WaitAsync(Patience)).Logits, Is.EqualTo(new[] { 2f }));
    }

    [Test]
    public async Task Drain_AnswersWhatIsQueuedAndRefusesTheRest()
    {
        await OccupyTheWorkerAsync();
        var queued = batcher.TryEnqueue([5], [], CancellationToken.None)!;
        runner.Open(10);

        var drained = batcher.Drain(Patience);

        Assert.That(drained);
        Assert.That((await queued.WaitAsync(Patience)).Logits, Is.EqualTo(new[] { 5f }));
        Assert.That(batcher.TryEnqueue([6], [], CancellationToken.None), Is.Null);
        Assert.That(runner.Disposed);
    }

    private async Task<Task<BatchReply>> OccupyTheWorkerAsync()
    {
        // The thread of this call runs the model until the gate opens.
        var running = Task.Run(() => batcher.TryEnqueue([0], [], CancellationToken.None)!);
        await runner.EnteredAsync();
        return running;
    }

    private static int[] Ids(int length, int first) => [first, .. new int[length - 1]];
}

using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PromptPlatform.Benchmarks.Onnx;
using PromptPlatform.Inference;
using PromptPlatform.Inference.Batching;
using PromptPlatform.Inference.Models;

namespace PromptPlatform.Benchmarks.Inference;

/// <summary>Prompts of mixed lengths, all there at once: our batcher, one that pads what came in order, and one Run per prompt; each with one thread per core.</summary>
internal static class MixedLengths
{
    private const int Prompts = 512;
    private const int FifoBatch = 32;
    private const int Rounds = 9;

    private static readonly BatchingOptions Options = new() { QueueCapacity = Prompts };

    public static async Task HoldAsync(TextWriter output, LoadedModel model)
    {
        var prompts = MakePrompts(model.Card.MaxTokens);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"### {Prompts} prompts of 8 to {model.Card.MaxTokens} tokens (median {prompts.Select(ids => ids.Length).Order().ElementAt(Prompts / 2)})\n"));
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new InferenceMetrics(services.GetRequiredService<IMeterFactory>()).Of(model.Card.Version);
        Batcher batcher = new(Options, () => model.CreateRunner(Options), TimeProvider.System, metrics, NullLogger.Instance);
        var fifo = RunnersOf(model, new() { MaxBatchTokens = FifoBatch * model.Card.MaxTokens });
        var single = RunnersOf(model, Options);
        Pairs toFifo = new(), toSingle = new();
        for (var round = -2; round < Rounds; round++)
        {
            var ours = await TimeAsync(() => Task.WhenAll(prompts.Select(ids => batcher.TryEnqueue(ids, [], CancellationToken.None)!)));
            var padded = await TimeAsync(() => InParallelAsync(fifo, prompts.Chunk(FifoBatch), (runner, batch) => runner.Run([.. batch.OrderByDescending(ids => ids.Length)])));
            var alone = await TimeAsync(() => InParallelAsync(single, prompts, (runner, ids) => runner.Run([ids])));

            // The first rounds only warm up.
            if (round < 0) continue;
            toFifo.Add([padded], [ours]);
            toSingle.Add([alone], [ours]);
        }

        batcher.Drain(Options.DrainTimeout);
        await output.WriteLineAsync("| | prompts per CPU-second | our throughput to it (middle half of the rounds) |\n|---|--:|--:|");
        await output.WriteLineAsync(Row("our batcher", toFifo.Theirs, "1"));
        await output.WriteLineAsync(Row($"FIFO, {FifoBatch} at a time, padded", toFifo.Ours, toFifo.Ratio()));
        await output.WriteLineAsync(Row("one Run per prompt, unpadded", toSingle.Ours, toSingle.Ratio()));
        await output.WriteLineAsync();
        foreach (var runner in (IBatchRunner[])[.. fifo, .. single]) runner.Dispose();
    }

    // As many short ones as long ones on a logarithmic scale, as prompts are.
    private static int[][] MakePrompts(int longest)
    {
        Random dice = new(20261121);
        return [.. Enumerable.Range(0, Prompts).Select(_ => (int)Math.Exp(Math.Log(8) + (dice.NextDouble() * (Math.Log(longest) - Math.Log(8))))).Select(length => Enumerable.Range(0, length).Select(i => 4 + (i * 7919 % 15_000)).ToArray())];
    }

    private static IBatchRunner[] RunnersOf(LoadedModel model, BatchingOptions options) => [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => model.CreateRunner(options))];

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        // Time of the processors, not of the wall: what else the machine does counts less.
        var start = Environment.CpuUsage.TotalTime;
        await run();
        return (Environment.CpuUsage.TotalTime - start).TotalMicroseconds;
    }

    private static Task InParallelAsync<T>(IBatchRunner[] runners, IEnumerable<T> work, Action<IBatchRunner, T> run)
    {
        Queue<T> queue = new(work);
        return Task.WhenAll(runners.Select(runner => Task.Factory.StartNew(
            () =>
            {
                while (TryTake(queue, out var next)) run(runner, next);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    private static bool TryTake<T>(Queue<T> queue, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T next)
    {
        lock (queue) return queue.TryDequeue(out next);
    }

    private static string Row(string name, double microseconds, string ratio) =>
        string.Create(CultureInfo.InvariantCulture, $"| {name} | {Prompts / microseconds * 1e6:N0} | {ratio} |");
}

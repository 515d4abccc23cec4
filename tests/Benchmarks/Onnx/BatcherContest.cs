using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PromptPlatform.Inference;
using PromptPlatform.Inference.Batching;
using PromptPlatform.Inference.Models;

namespace PromptPlatform.Benchmarks.Onnx;

/// <summary>What the queue and the worker's thread add to a bare Run while nobody else asks.</summary>
internal static class BatcherContest
{
    private const int Rounds = 40;
    private const int Runs = 25;

    public static async Task HoldAsync(TextWriter output, LoadedModel model)
    {
        await output.WriteLineAsync("### An idle batcher beside a bare Run, p50 in µs\n\n| shape | through the batcher | bare Run | ratio (middle half of the rounds) |\n|---|--:|--:|--:|");
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        BatchingOptions options = new();
        InferenceMetrics metrics = new(services.GetRequiredService<IMeterFactory>());
        Batcher batcher = new(options, () => model.CreateRunner(options), TimeProvider.System, metrics.Of(model.Card.Version), NullLogger.Instance);
        foreach (var shape in ModelShape.All.Where(shape => shape.Prompts == 1))
        {
            var pairs = await MeasureAsync(batcher, model, options, shape);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {shape} | {pairs.Ours:N0} | {pairs.Theirs:N0} | {pairs.Ratio()} |"));
        }

        batcher.Drain(options.DrainTimeout);
        await output.WriteLineAsync();
    }

    private static async Task<Pairs> MeasureAsync(Batcher batcher, LoadedModel model, BatchingOptions options, ModelShape shape)
    {
        int[] ids = [.. shape.Ids().Select(id => (int)id)];
        int[][] alone = [ids];
        using var bare = model.CreateRunner(options);
        var (ours, theirs) = (new double[Runs], new double[Runs]);
        Pairs pairs = new();
        for (var round = -5; round < Rounds; round++)
        {
            for (var i = 0; i < Runs; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await batcher.TryEnqueue(ids, [], CancellationToken.None)!;
                ours[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;

                start = Stopwatch.GetTimestamp();
                bare.Run(alone);
                theirs[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }

            // The first rounds only warm up.
            if (round >= 0) pairs.Add(ours, theirs);
        }

        return pairs;
    }
}

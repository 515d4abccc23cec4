using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PromptPlatform.Benchmarks.Onnx;
using PromptPlatform.Inference;
using PromptPlatform.Inference.Attribution;
using PromptPlatform.Inference.Batching;
using PromptPlatform.Inference.Models;

namespace PromptPlatform.Benchmarks.Inference;

/// <summary>The Runs that find which words moved the decision, beside the Run of the prompt alone; one thread.</summary>
internal static class AttributionCost
{
    private const int Rounds = 40;

    public static async Task HoldAsync(TextWriter output, LoadedModel model)
    {
        BatchingOptions options = new();
        using var runner = model.CreateRunner(options);
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        BatchRun run = new(options.MaxBatchTokens, TimeProvider.System, new InferenceMetrics(services.GetRequiredService<IMeterFactory>()).Of("bench"), NullLogger.Instance);
        await output.WriteLineAsync("### Words behind a decision, p50 in ms of one processor\n\n| tokens of the prompt | rows | with its words | the prompt alone |\n|--:|--:|--:|--:|");
        foreach (var length in (ReadOnlySpan<int>)[16, 64, 128, model.Card.MaxTokens])
        {
            int[] ids = [.. Enumerable.Range(0, length).Select(i => 4 + (i * 7919 % 15_000))];
            List<PromptWord> words = [.. Enumerable.Range(0, length).Select(i => new PromptWord(new(i, i + 1), i, i + 1))];
            var plan = Occlusion.Plan(ids, words, gap: null, unknownId: 1, options.AttributionTokens, BatchingOptions.MinAttributionRows, BatchingOptions.MaxAttributionRows);
            var (with, alone) = (Median(() => Answer(run, runner, ids, plan.Variants)), Median(() => Answer(run, runner, ids, [])));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {length} | {plan.Variants.Length + 1} | {with:0.0} | {alone:0.0} |"));
        }

        await output.WriteLineAsync();
    }

    private static void Answer(BatchRun run, IBatchRunner runner, int[] ids, int[][] variants)
    {
        PendingPrompt prompt = new(ids, variants, TimeProvider.System.GetTimestamp(), CancellationToken.None);
        run.Answer(runner, [prompt]);
        if (!prompt.Reply.IsCompletedSuccessfully) throw new InvalidOperationException("the Run failed");
    }

    private static double Median(Action run)
    {
        var times = new double[Rounds];
        for (var i = -5; i < Rounds; i++)
        {
            var start = Environment.CpuUsage.TotalTime;
            run();
            if (i >= 0) times[i] = (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
        }

        return Pairs.Median(times);
    }
}

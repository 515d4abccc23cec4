using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace PromptPlatform.Benchmarks.Onnx;

/// <summary>Run by the binding beside session.run of onnxruntime-node: same file, same library, same session options.</summary>
internal static class NodeContest
{
    private const int Rounds = 40;

    // Enough for a stable median, short enough that both sides of a round see the same machine.
    private const double RoundMicroseconds = 50_000;

    public static async Task HoldAsync(TextWriter output, InferenceSession session, string model, int width)
    {
        await output.WriteLineAsync("### Run beside onnxruntime-node, p50 in µs\n\n| shape | binding | onnxruntime-node | ratio (middle half of the rounds) | bytes allocated per Run |");
        await output.WriteLineAsync("|---|--:|--:|--:|--:|");
        using var node = NodePeer.Start(model, width);
        foreach (var shape in ModelShape.All)
        {
            using BoundRun run = new(session, shape, width);
            var (pairs, allocated) = await MeasureAsync(run, node, shape);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {shape} | {pairs.Ours:N0} | {pairs.Theirs:N0} | {pairs.Ratio()} | {allocated:0.##} |"));
        }

        await output.WriteLineAsync();
    }

    private static async Task<(Pairs Pairs, double Allocated)> MeasureAsync(BoundRun run, NodePeer node, ModelShape shape)
    {
        // 1 warm both  2 check that they agree  3 take turns, each side first in every other round
        var warm = new double[50];
        run.Run(warm);
        var answer = await node.RunAsync(shape, warm.Length);
        if (run.Logits.Zip(answer.Logits, (a, b) => Math.Abs(a - b)).Max() > 1e-4) throw new InvalidOperationException($"{shape}: the two sides answer differently");

        var runs = Math.Max(10, (int)(RoundMicroseconds / Pairs.Median(warm)));
        var ours = new double[runs];
        Pairs pairs = new();
        var allocated = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var first = round % 2 == 0 ? await node.RunAsync(shape, runs) : null;
            allocated += run.Run(ours);
            pairs.Add(ours, (first ?? await node.RunAsync(shape, runs)).Microseconds);
        }

        return (pairs, (double)allocated / (Rounds * runs));
    }
}

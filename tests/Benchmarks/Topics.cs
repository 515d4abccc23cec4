using PromptPlatform.Benchmarks.Engine;
using PromptPlatform.Benchmarks.Inference;
using PromptPlatform.Benchmarks.Onnx;
using PromptPlatform.Benchmarks.Transport;

namespace PromptPlatform.Benchmarks;

/// <summary>One thing to measure.</summary>
/// <param name="Name">The argument that chooses it.</param>
/// <param name="Question">What its numbers answer.</param>
/// <param name="MeasureAsync">Measures and writes Markdown tables.</param>
internal sealed record Topic(string Name, string Question, Func<TextWriter, Task> MeasureAsync);

/// <summary>Every topic, in the order of the README.</summary>
internal static class Topics
{
    public static readonly Topic[] All =
    [
        new("engine", "what does an enhancement cost, step by step, beside a static template and a pass of expressions?", EngineTopic.MeasureAsync),
        new("onnx", "what does the binding cost beside onnxruntime-node and beside the library itself?", OnnxTopic.MeasureAsync),
        new("inference", "how much does batching by length save, and what do the words behind a decision cost?", InferenceTopic.MeasureAsync),
        new("transport", "how fast are gRPC server, client, gateway and transcoding beside their peers?", TransportTopic.MeasureAsync),
    ];
}

using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using PromptPlatform.Inference.Models;

namespace PromptPlatform.Benchmarks.Onnx;

/// <summary>The model at one shape by the binding alone: cached values over arrays of our own.</summary>
internal sealed class BoundRun : IDisposable
{
    private static readonly string[] Inputs = [ModelFiles.IdsInput, ModelFiles.MaskInput];
    private static readonly string[] Outputs = [ModelFiles.LogitsOutput];

    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly OrtValue[] inputs;
    private readonly OrtValue[] outputs;

    /// <param name="session">A session on the model of the service.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="width">Logits per prompt.</param>
    public BoundRun(InferenceSession session, ModelShape shape, int width)
    {
        this.session = session;
        Logits = new float[shape.Prompts * width];
        var mask = new long[shape.Tokens];
        Array.Fill(mask, 1);
        long[] size = [shape.Prompts, shape.Length];
        inputs = [OrtValue.CreateTensorValueFromMemory(shape.Ids(), size), OrtValue.CreateTensorValueFromMemory(mask, size)];
        outputs = [OrtValue.CreateTensorValueFromMemory(Logits, [shape.Prompts, width])];
    }

    public float[] Logits { get; }

    /// <summary>Runs as often as there is room and notes the microseconds of each.</summary>
    /// <returns>Bytes that this thread allocated meanwhile.</returns>
    public long Run(Span<double> microseconds)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < microseconds.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            session.Run(options, Inputs, inputs, Outputs, outputs);
            microseconds[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    public void Dispose()
    {
        options.Dispose();
        foreach (var value in inputs) value.Dispose();
        foreach (var value in outputs) value.Dispose();
    }
}

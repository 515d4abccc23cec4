using Microsoft.ML.OnnxRuntime;

namespace PromptPlatform.OnnxRuntime.Tests;

/// <summary>A session on the fixture model sum[n] = a[n] + b[n], with values of one length ready to run.</summary>
internal sealed class SumModel : IDisposable
{
    public static readonly string Path = System.IO.Path.Combine(TestContext.CurrentContext.TestDirectory, "Fixtures", "sum.onnx");

    public SumModel(params float[] values)
    {
        Values = values;
        Result = new float[values.Length];
        Inputs = [OrtValue.CreateTensorValueFromMemory(values, [values.Length]), OrtValue.CreateTensorValueFromMemory(values, [values.Length])];
        Outputs = [OrtValue.CreateTensorValueFromMemory(Result, [values.Length])];
    }

    public InferenceSession Session { get; } = new(Path);

    public RunOptions Options { get; } = new();

    public float[] Values { get; }

    public float[] Result { get; }

    public string[] InputNames { get; } = ["a", "b"];

    public string[] OutputNames { get; } = ["sum"];

    public OrtValue[] Inputs { get; }

    public OrtValue[] Outputs { get; }

    public void Run() => Session.Run(Options, InputNames, Inputs, OutputNames, Outputs);

    public void Dispose()
    {
        Session.Dispose();
        Options.Dispose();
        foreach (var value in Inputs) value.Dispose();
        foreach (var value in Outputs) value.Dispose();
    }
}

namespace PromptPlatform.Benchmarks.Onnx;

/// <summary>The ONNX Runtime binding beside onnxruntime-node on the same model file.</summary>
internal static class OnnxTopic
{
    public static Task MeasureAsync(TextWriter output) => output.WriteLineAsync("shapes: 1x16, 1x64, 1x128, 1x256, 8x64");
}

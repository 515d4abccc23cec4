using Microsoft.Extensions.Logging.Abstractions;
using PromptPlatform.Inference.Models;

namespace PromptPlatform.Benchmarks.Onnx;

/// <summary>The ONNX Runtime binding on the model that the service ships: beside a peer, beside the batcher and beside the library's own limit.</summary>
internal static class OnnxTopic
{
    public static async Task MeasureAsync(TextWriter output)
    {
        var files = ModelFiles.In(Path.Combine(AppContext.BaseDirectory, "Model"));
        using var model = LoadedModel.Load(files, Accelerator.Cpu, deviceId: 0, NullLogger.Instance);
        using var options = ExecutionProvider.SingleThreaded();
        var (session, _) = ExecutionProvider.Open(files.Graph, Accelerator.Cpu, deviceId: 0, NullLogger.Instance);
        using (session)
        {
            await NodeContest.HoldAsync(output, session, files.Graph, model.Card.Width);
            await BatcherContest.HoldAsync(output, model);
            await IntegerLimit.HoldAsync(output, session, options, files.Graph, model.Card.Width);
        }
    }
}

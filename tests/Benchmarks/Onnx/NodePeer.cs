using System.Diagnostics;
using System.Text.Json;

namespace PromptPlatform.Benchmarks.Onnx;

/// <summary>What onnxruntime-node measured.</summary>
/// <param name="Microseconds">Of each Run.</param>
/// <param name="Logits">Of the last.</param>
internal sealed record PeerAnswer(double[] Microseconds, float[] Logits);

/// <summary>The process of peer.js. It waits on its input while we measure, and we on its output while it does.</summary>
internal sealed class NodePeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process node;

    private NodePeer(Process node) => this.node = node;

    /// <param name="model">The model file.</param>
    /// <param name="width">Logits per prompt.</param>
    /// <exception cref="FileNotFoundException">onnxruntime-node is not installed.</exception>
    public static NodePeer Start(string model, int width)
    {
        ProcessStartInfo start = new("node", [Path.Combine(AppContext.BaseDirectory, "Onnx", "peer.js"), FindPackage(), model, $"{width}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new(Process.Start(start)!);
    }

    public async Task<PeerAnswer> RunAsync(ModelShape shape, int runs)
    {
        await node.StandardInput.WriteLineAsync($"{shape.Prompts} {shape.Length} {runs}");
        await node.StandardInput.FlushAsync();
        var line = await node.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("peer.js ended; its error stands above");
        return JsonSerializer.Deserialize<PeerAnswer>(line, JsonSerializerOptions.Web)!;
    }

    public void Dispose()
    {
        node.StandardInput.Close();
        if (!node.WaitForExit(Patience)) node.Kill();
        node.Dispose();
    }

    private static string FindPackage()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var package = Path.Combine(folder.FullName, "build", "native", "node_modules", "onnxruntime-node");
            if (Directory.Exists(package)) return package;
        }

        throw new FileNotFoundException("onnxruntime-node is not installed: run `make native`");
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using PromptPlatform.LocalServers;

namespace PromptPlatform.TestKit;

/// <summary>A real standalone process on a data folder of the test, whose project references PromptPlatform.Standalone.</summary>
public sealed class StandaloneProcess : IDisposable
{
    private const double StartSeconds = 180;
    private readonly Process process;
    private readonly string data;

    private StandaloneProcess(Process process, string data, int port)
    {
        this.process = process;
        this.data = data;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>A client of its REST port that carries the operator's key.</summary>
    public HttpClient Http { get; }

    /// <summary>Process id.</summary>
    public int Id => process.Id;

    /// <summary>The operator's key.</summary>
    public string ApiKey => Installation.GetProperty("apiKey").GetString()!;

    /// <summary>What standalone.json says.</summary>
    public JsonElement Installation => JsonDocument.Parse(File.ReadAllText(Path.Combine(data, "standalone.json"))).RootElement;

    /// <summary>Starts and waits for the ready line.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="settings">Environment variables beside PORT and PROMPTPLATFORM_DATA.</param>
    public static async Task<StandaloneProcess> StartAsync(string data, params (string Name, string Value)[] settings)
    {
        var port = FreePorts();
        var standalone = new StandaloneProcess(Launch(data, port.ToString(CultureInfo.InvariantCulture), settings), data, port);
        try
        {
            await standalone.ReadUntilReadyAsync().WithinAsync(StartSeconds);
        }
        catch
        {
            standalone.Dispose();
            throw;
        }

        standalone.Http.DefaultRequestHeaders.Authorization = new("Bearer", standalone.ApiKey);
        return standalone;
    }

    /// <summary>Runs a start that ends by itself; answers its exit code and what it wrote.</summary>
    public static async Task<(int Code, string Error, string Output)> RunAsync(string data, string port)
    {
        using var process = Launch(data, port, []);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync().WithinAsync(60);
        await process.WaitForExitAsync().WithinAsync(60);
        return (process.ExitCode, error, await output.WithinAsync());
    }

    /// <summary>Asks for an orderly stop (SIGTERM) and answers the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync().WithinAsync(60);
        return process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync().WithinAsync(60);
    }

    /// <summary>Ends it in whatever state it is.</summary>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        Http.Dispose();
        process.Dispose();
    }

    private static Process Launch(string data, string port, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "PromptPlatform.Standalone.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PORT"] = port, ["PROMPTPLATFORM_DATA"] = data },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    // REST, gRPC one above, management ten above. Below the ports that Linux gives to outgoing connections: those of other tests took one between here and the start.
    private static int FreePorts()
    {
        const int lowest = 20_000, highest = 32_000;
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(lowest, highest);
            if (LoopbackPort.IsFree(port) && LoopbackPort.IsFree(port + 1) && LoopbackPort.IsFree(port + 10))
            {
                return port;
            }
        }
    }

    private Task ReadUntilReadyAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException("standalone ended before it was ready"));
            }
            else if (line.Data.Contains("is ready on", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return ready.Task;
    }
}

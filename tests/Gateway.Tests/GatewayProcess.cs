using System.Diagnostics;
using System.Globalization;
using PromptPlatform.LocalServers;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests;

/// <summary>The gateway as a process of its own, for what only a signal can show.</summary>
internal sealed class GatewayProcess : IDisposable
{
    private readonly Process _process;

    private GatewayProcess(Process process, int http, int grpc)
    {
        _process = process;
        Http = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{http}");
        Grpc = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{grpc}");
    }

    public string Http { get; }

    public string Grpc { get; }

    public static async Task<GatewayProcess> StartAsync(HttpClient client, params string[] settings)
    {
        int http = LoopbackPort.Free(), grpc = LoopbackPort.Free();
        string program = Path.Combine(AppContext.BaseDirectory, "PromptPlatform.Gateway.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, $"--Ports:Http={http}", $"--Ports:Grpc={grpc}", "--Ports:Management=-1", "--Identity:ServiceSecret=test", .. settings]))!;
        var gateway = new GatewayProcess(process, http, grpc);
        async Task UntilReadyAsync()
        {
            while (!await gateway.IsReadyAsync(client))
            {
                Assert.That(process.HasExited, Is.False, "the gateway ended while it started");
                await Task.Delay(20);
            }
        }
        await UntilReadyAsync().WithinAsync(60);
        return gateway;
    }

    /// <summary>Asks as a balancer does; false also when nobody listens.</summary>
    public async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(Http + "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Asks it to stop, as a deployment does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WithinAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WithinAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}

using System.Diagnostics;
using System.Globalization;
using PromptPlatform.LocalServers;
using PromptPlatform.TestKit;

namespace PromptPlatform.Faults.Tests.Replicas;

/// <summary>A replica as a process of its own, started again and again on the same port.</summary>
internal sealed class ReplicaProcess : IDisposable
{
    private Process? _process;

    public int Id => _process!.Id;

    public int Port { get; } = LoopbackPort.Free();

    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ReplicaProcess).Assembly.Location, ReplicaProgram.Name, Port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        string? line = await _process.StandardOutput.ReadLineAsync().WithinAsync(60);
        Assert.That(line, Is.EqualTo(ReplicaProgram.Ready));
    }

    /// <summary>Asks it to stop (SIGTERM) and waits until it has.</summary>
    public async Task StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WithinAsync(60);
        Assert.That(_process.ExitCode, Is.Zero, "it did not stop in order");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync().WithinAsync(60);
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
            _process.Kill();
        _process?.Dispose();
    }
}

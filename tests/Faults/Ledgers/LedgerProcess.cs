using System.Diagnostics;
using PromptPlatform.TestKit;

namespace PromptPlatform.Faults.Tests.Ledgers;

/// <summary>Producer or consumer as a process of its own, started again and again.</summary>
internal sealed class LedgerProcess(string role, string[] settings) : IDisposable
{
    private Process? _process;

    public async Task StartAsync()
    {
        _process?.Dispose();
        _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(LedgerProcess).Assembly.Location, role, .. settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.That(await _process.StandardOutput.ReadLineAsync().WithinAsync(120), Is.EqualTo(LedgerProgram.Ready));
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

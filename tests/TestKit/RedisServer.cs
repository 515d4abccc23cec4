using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using PromptPlatform.LocalServers;

namespace PromptPlatform.TestKit;

/// <summary>A real Redis of one test on a free port, which forgets everything when it ends. Without the program a test is skipped on a laptop and fails on CI.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "redis-server";
    private readonly string[] settings;
    private readonly string folder = Directory.CreateTempSubdirectory("promptplatform-redis-").FullName;
    private Process? process;

    private RedisServer(int port, string[] settings)
    {
        Port = port;
        this.settings = settings;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process?.Kill();
    }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>What <c>ConnectionStrings:redis</c> takes.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts a server.</summary>
    /// <param name="settings">Further settings, such as <c>--requirepass</c> and its value.</param>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        RequireProgram();
        var server = new RedisServer(LoopbackPort.Free(), settings);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it on the same port after <see cref="KillAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // A thread of its own, since the kernel ends the child with the thread that started it.
        new Thread(() => Hold(ready)) { IsBackground = true, Name = "parent of " + Program }.Start();
        await ready.Task.WithinAsync();
    }

    /// <summary>Kills it, as a crash would.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync().WithinAsync();
    }

    /// <summary>Freezes it: connections stay open and nobody answers.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>Runs redis-cli and returns what it prints.</summary>
    public Task<string> RunAsync(params string[] words) => RunAsync("redis-cli", ["-p", Port.ToString(CultureInfo.InvariantCulture), .. words]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process!.Dispose();
        process = null;
        TestProcess.TryDelete(folder);
    }

    private static void RequireProgram()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, Program)));
        if (found)
        {
            return;
        }

        const string Message = "no redis-server found: apt-get install redis-server";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(Message);
        }

        Assert.Ignore(Message);
    }

    private Task<string> SignalAsync(string signal) => RunAsync("kill", "-" + signal, process!.Id.ToString(CultureInfo.InvariantCulture));

    private static async Task<string> RunAsync(string program, params string[] words)
    {
        using var run = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true })!;
        var output = await run.StandardOutput.ReadToEndAsync().WithinAsync();
        await run.WaitForExitAsync().WithinAsync();
        return run.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program} ended with {run.ExitCode}: {output}");
    }

    private void Hold(TaskCompletionSource ready)
    {
        string[] server = [Program, "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--save", "", .. settings];
        string[] words = OperatingSystem.IsLinux() ? ["setpriv", "--pdeathsig=KILL", .. server] : server;
        var started = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true })!;
        process = started;
        while (started.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        }

        // Its output ends with it.
        ready.TrySetException(new InvalidOperationException("redis-server ended before it was ready"));
    }
}

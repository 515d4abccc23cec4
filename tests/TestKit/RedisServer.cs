using System.Diagnostics;
using System.Globalization;
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
        LocalProgram.Require(Program, "redis-server");
        var server = new RedisServer(LoopbackPort.Free(), settings);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it on the same port after <see cref="KillAsync"/>.</summary>
    public async Task StartAgainAsync() => process = await LocalProgram.StartAsync(
        [Program, "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--save", "", .. settings],
        new Dictionary<string, string>(),
        "Ready to accept connections").WithinAsync();

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
    public Task<string> RunAsync(params string[] words) => LocalProgram.RunAsync(["redis-cli", "-p", Port.ToString(CultureInfo.InvariantCulture), .. words]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process!.Dispose();
        process = null;
        TestProcess.TryDelete(folder);
    }

    private Task<string> SignalAsync(string signal) => LocalProgram.RunAsync(["kill", "-" + signal, process!.Id.ToString(CultureInfo.InvariantCulture)]);
}

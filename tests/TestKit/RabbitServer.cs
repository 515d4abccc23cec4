using System.Diagnostics;
using System.Globalization;
using PromptPlatform.LocalServers;

namespace PromptPlatform.TestKit;

/// <summary>A real RabbitMQ node of one test on free ports, gone with it. Without the program a test is skipped on a laptop and fails on CI.</summary>
public sealed class RabbitServer : IAsyncDisposable
{
    // Debian's own script on PATH changes to another user and to the machine's node.
    private const string Programs = "/usr/lib/rabbitmq/bin/";

    private readonly string folder = Directory.CreateTempSubdirectory("promptplatform-rabbit-").FullName;
    private readonly Dictionary<string, string> environment;
    private Process? process;

    private RabbitServer()
    {
        Port = LoopbackPort.Free();
        int distribution = LoopbackPort.Free(), names = LoopbackPort.Free();
        var config = Path.Combine(folder, "rabbitmq.conf");
        File.WriteAllText(config, string.Create(CultureInfo.InvariantCulture, $"listeners.tcp.local = 127.0.0.1:{Port}\ndefault_user = test\ndefault_pass = test\n"));
        environment = new()
        {
            ["HOME"] = folder,
            ["RABBITMQ_NODENAME"] = string.Create(CultureInfo.InvariantCulture, $"test{Port}@localhost"),
            ["RABBITMQ_DIST_PORT"] = distribution.ToString(CultureInfo.InvariantCulture),
            // A name server of its own, so that nothing of the machine is touched or left behind.
            ["ERL_EPMD_PORT"] = names.ToString(CultureInfo.InvariantCulture),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_CONFIG_FILE"] = config,
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins"),
            // The scheduler threads of a big machine cost more than they bring to one test.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 2:2 +sbwt none",
        };
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process?.Kill(entireProcessTree: true);
    }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>What <c>ConnectionStrings:rabbitmq</c> takes.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"amqp://test:test@127.0.0.1:{Port}/");

    /// <summary>Starts a node.</summary>
    public static async Task<RabbitServer> StartAsync()
    {
        LocalProgram.Require("rabbitmqctl", "rabbitmq-server");
        var server = new RabbitServer();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it with its old data and port after <see cref="KillAsync"/>.</summary>
    public async Task StartAgainAsync() => process = await LocalProgram.StartAsync([Programs + "rabbitmq-server"], environment, "completed with").WithinAsync(120);

    /// <summary>Kills it, as a crash would.</summary>
    public async Task KillAsync()
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync().WithinAsync();
    }

    /// <summary>Runs rabbitmqctl on it and returns what it prints.</summary>
    public Task<string> ControlAsync(params string[] words) => LocalProgram.RunAsync([Programs + "rabbitmqctl", "--quiet", .. words], environment);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process!.Dispose();
        process = null;
        await StopNamesAsync();
        TestProcess.TryDelete(folder);
    }

    // The name server refuses to go until it has noticed that its node has.
    private async Task StopNamesAsync()
    {
        const int attempts = 50;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await LocalProgram.RunAsync(["epmd", "-kill"], environment);
                return;
            }
            catch (InvalidOperationException) when (attempt < attempts)
            {
                await Task.Delay(200);
            }
        }
    }
}

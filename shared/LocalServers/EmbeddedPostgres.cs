using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace PromptPlatform.LocalServers;

/// <summary>A PostgreSQL server of our own on a random loopback port. It stops with us, also when we are killed.</summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private const int StartAttempts = 10;
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly EmbeddedPostgresOptions options;
    private readonly PostgresBinaries binaries;
    private readonly ServerAccount? account = ServerAccount.Needed();
    private readonly PostgresFolder folder;
    private ServerProcess? process;
    private int port;

    private EmbeddedPostgres(EmbeddedPostgresOptions options, PostgresBinaries binaries)
    {
        this.options = options;
        this.binaries = binaries;
        folder = new PostgresFolder(options.Folder, binaries, account);
    }

    /// <summary>Major version of the server.</summary>
    public int Major => binaries.Major;

    /// <summary>Connection string of the superuser: for creating roles and databases, never for a service.</summary>
    public string AdminConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = "postgres",
        Password = folder.Password,
        Database = "postgres",
    }.ConnectionString;

    /// <summary>Starts the server in its folder, making the cluster on the first start. The caller must be the only user of the folder: a server that still runs there is an orphan and is stopped.</summary>
    /// <exception cref="LocalServerException">It did not start; the message carries what PostgreSQL said.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, PostgresBinaries binaries, CancellationToken cancellation)
    {
        var server = new EmbeddedPostgres(options, binaries);
        await server.folder.CreateAsync(cancellation);
        await server.StopOrphanAsync(cancellation);
        await server.LaunchAsync(cancellation);
        return server;
    }

    /// <summary>Kills the server with its sessions, as a crash would. A new start in the same folder recovers what was committed.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        process!.Kill();
        await process.WaitForExitAsync(cancellation);
    }

    /// <summary>Stops the server: fast and in order when durable, at once when not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (process is null)
        {
            return;
        }

        if (!process.HasExited)
        {
            using var deadline = new CancellationTokenSource(StopTimeout);
            await StopAsync(options.Durable ? "fast" : "immediate", deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
        }

        process.Dispose();
        process = null;
    }

    private async Task LaunchAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            port = options.Port > 0 ? options.Port : LoopbackPort.Free();
            process = await ServerProcess.StartAsync(Launch.Server(account, binaries.Program("postgres"), Arguments(), folder.Data), options.OnLog);
            if (await BecomesReadyAsync(process, cancellation))
            {
                return;
            }

            var said = process.Tail;
            process.Dispose();
            process = null;
            if (attempt == StartAttempts || !IsPassing(said))
            {
                throw new LocalServerException($"PostgreSQL did not start in {folder.Data}: {said}");
            }

            await Task.Delay(RetryPause, cancellation);
        }
    }

    // Somebody took the free port in between; or the last sessions of a killed server are still leaving.
    private static bool IsPassing(string said) =>
        said.Contains("could not bind", StringComparison.Ordinal) || said.Contains("still in use", StringComparison.Ordinal);

    private async Task<bool> BecomesReadyAsync(ServerProcess started, CancellationToken cancellation)
    {
        var since = Stopwatch.StartNew();
        while (!started.HasExited)
        {
            if (folder.IsReady(started.Id))
            {
                return true;
            }

            if (since.Elapsed > options.StartTimeout)
            {
                started.Kill();
                throw new LocalServerException($"PostgreSQL was not ready in {options.StartTimeout.TotalSeconds} s: {started.Tail}");
            }

            await Task.Delay(Poll, cancellation);
        }

        await started.WaitForExitAsync(cancellation);
        return false;
    }

    private async Task StopOrphanAsync(CancellationToken cancellation)
    {
        if (!folder.HasOrphan())
        {
            return;
        }

        try
        {
            await StopAsync("fast", cancellation);
        }
        catch (LocalServerException) when (!folder.HasOrphan())
        {
            // It was stopping already: the kernel had told it that its parent died.
        }
    }

    private Task StopAsync(string mode, CancellationToken cancellation) =>
        Launch.RunAsync(
            Launch.Command(account, binaries.Program("pg_ctl"), ["stop", "-D", folder.Data, "-m", mode, "-w", "-t", StopTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)], folder.Data),
            "stopping PostgreSQL",
            cancellation);

    private IEnumerable<string> Arguments()
    {
        var settings = new List<string>
        {
            $"port={port}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            $"max_connections={options.MaxConnections}",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
            // Prompts are personal data: no statement texts, no row contents in the log.
            "log_error_verbosity=terse",
            "log_min_error_statement=panic",
        };
        if (!options.Durable)
        {
            settings.AddRange(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
        }

        return ["-D", folder.Data, .. settings.Concat(options.Settings).SelectMany(setting => new[] { "-c", setting })];
    }
}

using PromptPlatform.LocalServers;

namespace PromptPlatform.TestKit;

/// <summary>A durable PostgreSQL of one test, on a port that it keeps: it may be killed and started again.</summary>
public sealed class PostgresNode : IAsyncDisposable
{
    private readonly EmbeddedPostgresOptions options;
    private readonly PostgresBinaries binaries;
    private EmbeddedPostgres? server;

    private PostgresNode(PostgresBinaries binaries)
    {
        this.binaries = binaries;
        var folder = Path.Combine(Path.GetTempPath(), "promptplatform-node-" + Path.GetRandomFileName());
        options = new EmbeddedPostgresOptions { Folder = folder, Port = LoopbackPort.Free() };
    }

    /// <summary>Connection string of the superuser.</summary>
    public string AdminConnectionString => server!.AdminConnectionString;

    /// <summary>Starts one; without PostgreSQL the test is skipped on a laptop and fails on CI.</summary>
    public static async Task<PostgresNode> StartAsync()
    {
        var node = new PostgresNode(PostgresBinaries.Find() ?? throw PostgresServer.Missing());
        await node.StartAgainAsync();
        return node;
    }

    /// <summary>Starts it with its old data and port after <see cref="KillAsync"/>.</summary>
    public async Task StartAgainAsync() => server = await EmbeddedPostgres.StartAsync(options, binaries, CancellationToken.None).WithinAsync(120);

    /// <summary>kill -9 of the server and its sessions.</summary>
    public Task KillAsync() => server!.KillAsync(CancellationToken.None).WithinAsync();

    /// <summary>A fresh database with its two roles.</summary>
    public Task<ServiceDatabase> CreateDatabaseAsync(string name) => ServiceDatabase.EnsureAsync(AdminConnectionString, name, CancellationToken.None).WithinAsync(60);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        TestProcess.TryDelete(options.Folder);
    }
}

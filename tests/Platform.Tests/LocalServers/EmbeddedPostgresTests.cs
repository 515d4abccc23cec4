using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Npgsql;
using PromptPlatform.LocalServers;
using PromptPlatform.TestKit;

namespace PromptPlatform.Platform.Tests.LocalServers;

public sealed class EmbeddedPostgresTests
{
    private string folder = "";
    private PostgresBinaries binaries = null!;

    private string PidFile => Path.Combine(folder, "data", "postmaster.pid");

    [SetUp]
    public async Task MakeFolder()
    {
        // Skips, or fails on CI, where there is no server.
        await PostgresServer.AdminAsync().WithinAsync(60);
        binaries = PostgresBinaries.Find()!;
        folder = Directory.CreateTempSubdirectory("promptplatform-embedded-").FullName;
    }

    [TearDown]
    public void RemoveFolder()
    {
        if (folder.Length > 0)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task Start_WhenTheFolderHasACluster_FindsItsData()
    {
        await using (var first = await StartAsync())
        {
            await RunAsync(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        await using var second = await StartAsync();

        Assert.That(await RunAsync(second, "SELECT answer FROM kept"), Is.EqualTo(42));
    }

    [Test]
    public async Task Start_WhenTheServerWasKilled_FindsWhatWasCommitted()
    {
        await using (var first = await StartAsync())
        {
            await RunAsync(first, "CREATE TABLE kept AS SELECT 42 AS answer");
            await KillServerAsync();
        }

        await using var second = await StartAsync();

        Assert.That(await RunAsync(second, "SELECT answer FROM kept"), Is.EqualTo(42));
    }

    [Test]
    public async Task Start_WhenAnOrphanStillRuns_StopsItFirst()
    {
        await using var orphan = await StartAsync();

        await using var second = await StartAsync();

        Assert.That(() => RunAsync(orphan, "SELECT 1"), Throws.InstanceOf<NpgsqlException>());
        Assert.That(await RunAsync(second, "SELECT 1"), Is.EqualTo(1));
    }

    [Test]
    public async Task Start_WhenThePidFileNamesAStranger_StartsAndLeavesTheStrangerAlone()
    {
        await using (await StartAsync())
        {
        }

        await File.WriteAllLinesAsync(PidFile, [Environment.ProcessId.ToString(CultureInfo.InvariantCulture), folder, "0", "5432", "", "127.0.0.1", "0 0", "ready"]);

        await using var second = await StartAsync();

        Assert.That(await RunAsync(second, "SELECT 1"), Is.EqualTo(1));
    }

    [Test]
    public async Task Start_WhenTheFirstStartWasCutShort_BeginsAnew()
    {
        Directory.CreateDirectory(Path.Combine(folder, "data.new", "half"));

        await using var server = await StartAsync();

        Assert.That(await RunAsync(server, "SELECT 1"), Is.EqualTo(1));
        Assert.That(Directory.Exists(Path.Combine(folder, "data.new")), Is.False);
    }

    [Test]
    public async Task Start_WhenTheClusterIsOfAnotherVersion_NamesBothVersions()
    {
        await using (await StartAsync())
        {
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "data", "PG_VERSION"), "14\n");

        Assert.That(StartAsync, Throws.TypeOf<LocalServerException>().With.Message.Contains("14").And.Message.Contains(binaries.Folder));
    }

    [Test]
    public async Task Server_WhenDurable_WritesCommitsToDisk()
    {
        await using var server = await StartAsync();

        Assert.That(await RunAsync(server, "SHOW fsync"), Is.EqualTo("on"));
        Assert.That(await RunAsync(server, "SHOW synchronous_commit"), Is.EqualTo("on"));
    }

    [Test]
    public async Task Log_CarriesNoRowContents()
    {
        var lines = new ConcurrentQueue<string>();
        await using (var server = await StartAsync(lines.Enqueue))
        {
            await RunAsync(server, "CREATE TABLE prompt (body text UNIQUE); INSERT INTO prompt VALUES ('my secret prompt')");
            Assert.That(() => RunAsync(server, "INSERT INTO prompt VALUES ('my secret prompt')"), Throws.InstanceOf<PostgresException>());
        }

        Assert.That(lines, Has.Some.Contains("duplicate key"));
        Assert.That(lines, Has.None.Contains("secret prompt"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public async Task Password_IsReadableByTheServerAlone()
    {
        await using var server = await StartAsync();

        Assert.That(File.GetUnixFileMode(Path.Combine(folder, "password")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private Task<EmbeddedPostgres> StartAsync() => StartAsync(null);

    private Task<EmbeddedPostgres> StartAsync(Action<string>? onLog) =>
        EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { Folder = folder, OnLog = onLog }, binaries, CancellationToken.None).WithinAsync(60);

    private async Task KillServerAsync()
    {
        var pid = int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(pid);
        server.Kill();
        await server.WaitForExitAsync().WithinAsync();
    }

    private static async Task<object?> RunAsync(EmbeddedPostgres server, string sql)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Pooling = false }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync().WithinAsync();
    }
}

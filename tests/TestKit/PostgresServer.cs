using System.Globalization;
using NUnit.Framework;
using PromptPlatform.LocalServers;

namespace PromptPlatform.TestKit;

/// <summary>The real PostgreSQL of this test process: started by the first test that asks, stopped with the process.</summary>
/// <remarks>
/// Taken in this order: the server that <c>PROMPTPLATFORM_TEST_POSTGRES</c> names (connection string of a superuser),
/// the one of build/native, an installed one of version 15 or later. Without any, the test is skipped on a laptop and fails on CI.
/// </remarks>
public static class PostgresServer
{
    private const string ServerVariable = "PROMPTPLATFORM_TEST_POSTGRES";
    private const string FolderPrefix = "promptplatform-test-";
    private static readonly Lazy<Task<string?>> Admin = new(StartAsync);
    private static int databases;

    /// <summary>Connection string of the superuser.</summary>
    public static async Task<string> AdminAsync()
    {
        if (await Admin.Value is { } connectionString)
        {
            return connectionString;
        }

        throw Missing();
    }

    /// <summary>Skips the test on a laptop and fails it on CI.</summary>
    internal static Exception Missing()
    {
        var message = "no PostgreSQL found: " + PostgresBinaries.Cure;
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(message);
        }

        Assert.Ignore(message);
        return new InvalidOperationException(message);
    }

    /// <summary>A fresh, empty database with an owner role for the migrations and an application role that owns nothing.</summary>
    /// <param name="name">What the database is for, such as <c>catalog</c>; a number is added, so the name may repeat.</param>
    public static async Task<ServiceDatabase> CreateDatabaseAsync(string name)
    {
        var admin = await AdminAsync();
        // A named server may be shared with other test processes: the process id keeps the names apart.
        var unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}");
        return await ServiceDatabase.EnsureAsync(admin, unique, CancellationToken.None).WithinAsync(60);
    }

    private static async Task<string?> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } named)
        {
            return named;
        }

        if (PostgresBinaries.Find() is not { } binaries)
        {
            return null;
        }

        RemoveLeftovers();
        var folder = Path.Combine(Path.GetTempPath(), FolderPrefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        var server = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions { Folder = folder, Durable = Environment.GetEnvironmentVariable(ServerVariable + "_DURABLE") == "true" },
            binaries,
            CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Directory.Delete(folder, recursive: true);
        };
        return server.AdminConnectionString;
    }

    // A test process that was killed took its server with it, but not the folder.
    private static void RemoveLeftovers()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            if (int.TryParse(Path.GetFileName(folder)[FolderPrefix.Length..], CultureInfo.InvariantCulture, out var pid) && !TestProcess.IsAlive(pid))
            {
                TestProcess.TryDelete(folder);
            }
        }
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.ServiceDefaults.Tests;

/// <summary>A migrated database of its own with the platform's tables, on the real server.</summary>
internal sealed class ServiceDatabaseRig : IAsyncDisposable
{
    private ServiceDatabaseRig(TenantDatabase database, DataKeys keys, string owner, string app)
    {
        Database = database;
        Keys = keys;
        Cipher = new PromptCipher(keys);
        Owner = owner;
        App = app;
    }

    public TenantDatabase Database { get; }

    public DataKeys Keys { get; }

    public PromptCipher Cipher { get; }

    public string Owner { get; }

    public string App { get; }

    public static async Task<ServiceDatabaseRig> StartAsync()
    {
        var made = await PostgresServer.CreateDatabaseAsync("defaults");
        string role = new NpgsqlConnectionStringBuilder(made.AppConnectionString).Username!;
        var migrator = new Migrator(made.OwnerConnectionString, role, [typeof(TenantDatabase).Assembly], NullLogger<Migrator>.Instance);
        await migrator.ApplyAsync(CancellationToken.None).WithinAsync();
        var database = new TenantDatabase(NpgsqlDataSource.Create(made.AppConnectionString));
        var options = Options.Create(new EncryptionOptions { MasterKey = Convert.ToBase64String(new byte[32]) });
        return new ServiceDatabaseRig(database, new DataKeys(database, options, TimeProvider.System), made.OwnerConnectionString, made.AppConnectionString);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}

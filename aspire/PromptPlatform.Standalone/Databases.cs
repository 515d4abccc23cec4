using PromptPlatform.LocalServers;

namespace PromptPlatform.Standalone;

/// <summary>The databases of the services: named ones by <c>ConnectionStrings__*</c>, the others on a server of our own.</summary>
/// <remarks>
/// <c>ConnectionStrings__postgres</c> (a superuser) puts all databases on that server. <c>ConnectionStrings__catalog</c> with
/// <c>ConnectionStrings__catalog-owner</c> names the database of one service. Whatever is not named lives in <c>postgres/</c> of the data folder.
/// </remarks>
internal sealed class Databases : IAsyncDisposable
{
    private readonly IConfiguration configuration;
    private readonly EmbeddedPostgres? server;
    private readonly string? admin;

    private Databases(IConfiguration configuration, EmbeddedPostgres? server)
    {
        this.configuration = configuration;
        this.server = server;
        admin = configuration.GetConnectionString("postgres") ?? server?.AdminConnectionString;
    }

    public static async Task<Databases> StartAsync(IReadOnlyCollection<string> names, Settings settings, DataFolder data, CancellationToken cancellation)
    {
        var configuration = settings.Configuration;
        var allNamed = names.All(name => configuration.GetConnectionString(name) is not null);
        if (allNamed || configuration.GetConnectionString("postgres") is not null)
        {
            return new Databases(configuration, null);
        }

        var binaries = PostgresBinaries.Find() ?? throw new LocalServerException("no PostgreSQL found: " + PostgresBinaries.Cure + ", or name a server with ConnectionStrings__postgres");
        var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { Folder = data.Under("postgres") }, binaries, cancellation);
        return new Databases(configuration, server);
    }

    /// <summary>Connection settings of one service, in the form its configuration takes.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> SettingsOfAsync(string name, CancellationToken cancellation)
    {
        if (configuration.GetConnectionString(name) is { } named)
        {
            return Settings(name, named, configuration.GetConnectionString(name + "-owner") ?? named);
        }

        var database = await ServiceDatabase.EnsureAsync(admin!, name, cancellation);
        return Settings(name, database.AppConnectionString, database.OwnerConnectionString);
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static Dictionary<string, string?> Settings(string name, string app, string owner) => new()
    {
        [$"ConnectionStrings:{name}"] = app,
        [$"ConnectionStrings:{name}-owner"] = owner,
    };
}

using System.Net.Http.Headers;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PromptPlatform.LocalServers;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.TestKit;

/// <summary>One service as it runs in production, in this process: real Kestrel on loopback, real PostgreSQL, tokens of <see cref="TestIdentity"/> in Auth's place.</summary>
public sealed class ServiceHost : IAsyncDisposable
{
    private readonly string name;
    private readonly WebApplication app;
    private readonly BoundPorts ports;
    private bool stopped;

    private ServiceHost(string name, WebApplication app, ServiceDatabase database)
    {
        this.name = name;
        this.app = app;
        Database = database;
        ports = BoundPorts.Of(app);
        Channel = GrpcChannel.ForAddress(ports.Grpc);
    }

    /// <summary>Signs the tokens that the service accepts.</summary>
    public TestIdentity Identity => (TestIdentity)app.Services.GetRequiredService<ISigningKeys>();

    /// <summary>The service's database.</summary>
    public ServiceDatabase Database { get; }

    /// <summary>A channel to its gRPC port.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>What the service is made of.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Migrates a database and starts the service on it.</summary>
    /// <param name="name">Its name: audience of tokens, name of its database.</param>
    /// <param name="add">What its Program adds after the service defaults.</param>
    /// <param name="map">What its Program maps after the service defaults.</param>
    /// <param name="errors">Collects errors that it logs.</param>
    /// <param name="database">A database that exists; null: a fresh one.</param>
    /// <param name="configure">Last changes before it is built, such as another clock.</param>
    /// <param name="settings">Settings as on the command line, such as <c>--services:catalog:grpc:0=http://…</c>.</param>
    public static async Task<ServiceHost> StartAsync(
        string name, Func<WebApplicationBuilder, WebApplicationBuilder> add, Func<WebApplication, WebApplication> map, ErrorLogGuard errors,
        ServiceDatabase? database = null, Action<WebApplicationBuilder>? configure = null, IReadOnlyList<string>? settings = null)
    {
        // A service that is not ready yet, or a machine too busy to answer a check in time, is no fault.
        errors.Announce("Health check ");
        database ??= await PostgresServer.CreateDatabaseAsync(name);
        var app = ServiceProgram.Build(
            [.. Settings(name, database), .. settings ?? []],
            builder =>
            {
                add(builder.AddServiceDefaults(name));
                UseTestIdentity(builder.Services);
                builder.Logging.ClearProviders().AddProvider(errors);
                configure?.Invoke(builder);
            },
            app => map(app.MapServiceDefaults()));
        await app.Services.GetRequiredService<Migrator>().ApplyAsync(CancellationToken.None).WithinAsync();
        await app.StartAsync().WithinAsync();
        return new ServiceHost(name, app, database);
    }

    /// <summary>An HTTP client of its REST port; with <paramref name="scopes"/> it carries a token of the organisation.</summary>
    public HttpClient Http(Guid orgId = default, string scopes = "")
    {
        var client = new HttpClient { BaseAddress = new Uri(ports.Http) };
        if (scopes.Length > 0)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Identity.Token(name, orgId, scopes));
        }

        return client;
    }

    /// <summary>Stops it as a deployment would; the database stays. Stopping twice is stopping once.</summary>
    public async Task StopAsync()
    {
        if (!stopped)
        {
            stopped = true;
            await app.StopAsync().WithinAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Channel.Dispose();
        await app.DisposeAsync();
    }

    private static string[] Settings(string name, ServiceDatabase database) =>
    [
        $"--ConnectionStrings:{name}={database.AppConnectionString}",
        $"--ConnectionStrings:{name}-owner={database.OwnerConnectionString}",
        "--Ports:Http=0", "--Ports:Grpc=0", "--Ports:Management=-1",
        "--Limits:DrainDelay=00:00:00", "--Messaging:Transport=InProcess",
        $"--Encryption:MasterKey={Convert.ToBase64String(new byte[32])}",
        // Nobody listens there: keys come from the test, and revocations are not followed.
        "--services:auth:grpc:0=http://127.0.0.1:9",
    ];

    private static void UseTestIdentity(IServiceCollection services)
    {
        services.RemoveAll<ISigningKeys>();
        services.AddSingleton<ISigningKeys, TestIdentity>();
        var watchers = services.Where(s => s.ImplementationType?.Name == "RevocationWatcher").ToList();
        watchers.ForEach(watcher => services.Remove(watcher));
    }
}

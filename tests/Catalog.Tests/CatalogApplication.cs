using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using Npgsql;
using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.LocalServers;
using PromptPlatform.TestKit;

namespace PromptPlatform.Catalog.Tests;

/// <summary>The catalogue, running, with methods that speak its language.</summary>
internal sealed class CatalogApplication(ServiceHost host) : IAsyncDisposable
{
    private static readonly Guid s_reader = new("0b0e0000-0000-4000-8000-000000000001");

    public ServiceHost Host => host;

    /// <summary>Starts the catalogue and waits until it is ready.</summary>
    public static async Task<CatalogApplication> StartAsync(ErrorLogGuard errors, ServiceDatabase? database = null)
    {
        var host = await ServiceHost.StartAsync("catalog", CatalogSetup.AddCatalog, CatalogSetup.MapCatalog, errors, database);
        using var http = host.Http();
        while ((await http.GetAsync("/health/ready").WithinAsync()).StatusCode != HttpStatusCode.OK)
            await Task.Delay(20);
        return new CatalogApplication(host);
    }

    public Task<ListTechniquesResponse> ListAsync(ListTechniquesRequest request) =>
        Client.ListTechniquesAsync(request, Headers(host.Identity.Token("catalog", s_reader, "techniques:read"))).ResponseAsync.WithinAsync();

    /// <summary>The ids that a search finds, best first.</summary>
    public async Task<string[]> SearchAsync(string query) => [.. (await ListAsync(new() { Query = query, Limit = 100 })).Data.Select(t => t.Id)];

    public Task<Technique> GetAsync(string id) =>
        Client.GetTechniqueAsync(new() { Id = id }, Headers(host.Identity.Token("catalog", s_reader, "techniques:read"))).ResponseAsync.WithinAsync();

    public AsyncServerStreamingCall<TechniqueSnapshot> Follow(string knownVersion = "") =>
        Client.StreamSnapshots(new() { KnownVersion = knownVersion }, Headers(host.Identity.ServiceToken("catalog", "enhancement", "catalog.snapshot")));

    /// <summary>A REST answer: its status and its JSON.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Json)> RestAsync(string path, string scopes = "techniques:read")
    {
        using var http = host.Http(s_reader, scopes);
        using var answer = await http.GetAsync(path).WithinAsync();
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>().WithinAsync());
    }

    /// <summary>Runs SQL as the database's owner would from a console; row-level security holds for the owner too.</summary>
    public async Task<object?> SqlAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(host.Database.OwnerConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync().WithinAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private CatalogService.CatalogServiceClient Client => new(host.Channel);

    private static Metadata Headers(string token) => new() { { "authorization", "Bearer " + token } };
}

using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Models;
using PromptPlatform.LocalServers;
using PromptPlatform.TestKit;

namespace PromptPlatform.Inference.Tests.Registry;

/// <summary>The service with its registry, on a tiny model that ships, with methods that speak its language.</summary>
internal sealed class ModelApplication(ServiceHost host, string folder) : IAsyncDisposable
{
    private static readonly Guid s_operator = new("0b0e0000-0000-4000-8000-000000000002");

    /// <summary>The version of the model that ships.</summary>
    public string Shipped { get; } = ModelFiles.In(Path.Combine(folder, "shipped")).ContentVersion();

    public ServiceHost Host => host;

    public string Folder => folder;

    public ServedModels Served => host.Services.GetRequiredService<ServedModels>();

    public InferenceService.InferenceServiceClient Client => new(host.Channel);

    /// <summary>Starts it on a folder, a new one when none is given, and waits until a model serves and the shipped one is registered.</summary>
    public static async Task<ModelApplication> StartAsync(ErrorLogGuard errors, string? folder = null, ServiceDatabase? database = null, params string[] settings)
    {
        folder ??= Directory.CreateTempSubdirectory("models").FullName;
        if (!Directory.Exists(Path.Combine(folder, "shipped"))) TinyModel.Write(Path.Combine(folder, "shipped"), 1);
        var host = await ServiceHost.StartAsync("inference", InferenceSetup.AddInference, InferenceSetup.MapInference, errors, database, settings:
        [
            $"--Inference:ModelFolder={Path.Combine(folder, "shipped")}",
            $"--Inference:Registry:Folder={Path.Combine(folder, "store")}",
            "--Inference:Registry:PollInterval=00:00:00.1",
            "--Inference:Registry:RetryAfter=00:00:00.2",
            .. settings,
        ]);
        ModelApplication application = new(host, folder);
        await application.UntilAsync(() => application.Served.Current is not null);
        while ((await application.SqlAsync("SELECT count(*) FROM models WHERE stage = 'production'")) is 0L) await Task.Delay(10);
        return application;
    }

    public async Task<AnalyzeResponse> AnalyzeAsync(string text, string version = "", CancellationToken cancellation = default) =>
        await Client.AnalyzeAsync(new() { Text = text, ModelVersion = version }, Options("inference.analyze", cancellation));

    /// <summary>Writes a variant of the tiny model where it can be registered from.</summary>
    /// <returns>Its version and its folder.</returns>
    public (string Version, string Folder) Bring(int variant, bool turned = false)
    {
        var incoming = Path.Combine(folder, "store", "incoming", $"v{variant}");
        return (TinyModel.Write(incoming, variant, turned ? TinyModel.TurnIntents : null), incoming);
    }

    public async Task<ModelVersion> RegisterAsync(string name, string scopes = "models:write") =>
        await Client.RegisterModelAsync(new() { Folder = name, Reason = "test" }, Options(scopes));

    /// <summary>Writes a variant and registers it.</summary>
    /// <returns>Its version.</returns>
    public async Task<string> RegisterAsync(int variant, bool turned = false)
    {
        var (version, incoming) = Bring(variant, turned);
        await RegisterAsync(Path.GetFileName(incoming));
        return version;
    }

    public async Task<ModelVersion> ShadowAsync(string version) => await Client.ShadowModelAsync(new() { Version = version }, Options("models:write"));

    public async Task<ModelVersion> CanaryAsync(string version) => await Client.CanaryModelAsync(new() { Version = version }, Options("models:write"));

    public async Task<ModelVersion> PromoteAsync(string version, string etag = "", string scopes = "models:write") =>
        await Client.PromoteModelAsync(new() { Version = version, Etag = etag, Reason = "better" }, Options(scopes));

    public async Task<ModelVersion> RollbackAsync(string version) => await Client.RollbackModelAsync(new() { Version = version, Reason = "worse" }, Options("models:write"));

    public async Task<ModelVersion> RetireAsync(string version) => await Client.RetireModelAsync(new() { Version = version }, Options("models:write"));

    public async Task<ModelVersion> GetAsync(string version) => await Client.GetModelVersionAsync(new() { Version = version }, Options("models:read"));

    public async Task<ListModelVersionsResponse> ListAsync(int limit = 100, string cursor = "") =>
        await Client.ListModelVersionsAsync(new() { Limit = limit, Cursor = cursor }, Options("models:read"));

    /// <summary>Waits until a version serves here.</summary>
    public Task UntilServesAsync(string version) => UntilAsync(() => Served.Current?.Version == version);

    public async Task UntilAsync(Func<bool> condition)
    {
        async Task PollAsync()
        {
            while (!condition()) await Task.Delay(10);
        }

        await PollAsync().WithinAsync();
    }

    /// <summary>Runs SQL as the service does.</summary>
    public async Task<object?> SqlAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(host.Database.AppConnectionString + ";Pooling=false;Options=-c app.platform=models");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync().WithinAsync();
    }

    /// <summary>Stops the service; the folder stays for another start.</summary>
    public ValueTask StopAsync() => host.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private CallOptions Options(string scopes, CancellationToken cancellation = default) => new(
        new Metadata { { "authorization", $"Bearer {host.Identity.Token("inference", s_operator, scopes)}" } }, InferenceServer.Deadline, cancellation);
}

using System.Net;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Inference.Tests;

/// <summary>The whole service on free ports of this machine, by its own door, with a test key in Auth's place.</summary>
internal sealed class InferenceServer : IAsyncDisposable
{
    private readonly TestKeys keys = new();
    private readonly HttpClient http = new();
    private readonly WebApplication app;
    private GrpcChannel channel = null!;

    private InferenceServer(string modelFolder, string[] settings) =>
        app = ServiceProgram.Build(settings, builder => Add(builder, modelFolder), app => app.MapServiceDefaults().MapInference());

    public static DateTime Deadline => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(60);

    public Health.HealthClient Health => new(channel);

    /// <param name="modelFolder">Where the model lies.</param>
    /// <param name="settings">More settings, as on a command line.</param>
    public static async Task<InferenceServer> StartAsync(string modelFolder, params string[] settings)
    {
        InferenceServer server = new(modelFolder, settings);
        await server.app.StartAsync().WaitAsync(TimeSpan.FromMinutes(1));
        server.channel = GrpcChannel.ForAddress(BoundPorts.Of(server.app).Grpc);
        return server;
    }

    public async Task<AnalyzeResponse> AnalyzeAsync(string text, string scopes = "inference.analyze") =>
        await Client.AnalyzeAsync(new() { Text = text }, With(scopes));

    public async Task<AnalyzeResponse> AnalyzeAsync(AnalyzeRequest request) => await Client.AnalyzeAsync(request, With("inference.analyze"));

    public async Task<ListModelsResponse> ListModelsAsync() => await Client.ListModelsAsync(new(), With("models:read"));

    public async Task<bool> IsReadyAsync()
    {
        using var answer = await http.GetAsync(BoundPorts.Of(app).Management + "/health/ready").WaitAsync(TimeSpan.FromSeconds(30));
        return answer.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>Waits until the model is warm.</summary>
    public async Task BecomeReadyAsync()
    {
        for (var i = 0; i < 600 && !await IsReadyAsync(); i++) await Task.Delay(100);
        Assert.That(await IsReadyAsync(), "the service did not become ready");
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        http.Dispose();
        await app.StopAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await app.DisposeAsync();
        keys.Dispose();
    }

    private InferenceService.InferenceServiceClient Client => new(channel);

    private CallOptions With(string scopes) => new(new Metadata { { "authorization", $"Bearer {keys.TokenWith(scopes)}" } }, Deadline);

    private void Add(WebApplicationBuilder builder, string modelFolder)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Inference:ModelFolder"] = modelFolder,
            // Nobody listens there: revocations stay unknown, keys come from the test.
            ["services:auth:grpc:0"] = "http://127.0.0.1:1",
        });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ISigningKeys>(keys);
        builder.AddServiceDefaults("inference").AddInference();
    }
}

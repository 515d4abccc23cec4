using Grpc.Core;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Enhancement.Tests.Service;

/// <summary>The neighbours of Enhancement on a real gRPC port, with answers that a test can change.</summary>
internal sealed class FakeFleet : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeFleet(WebApplication app) => _app = app;

    /// <summary>What Inference answers.</summary>
    public Func<string, Task<AnalyzeResponse>> Inference { get; set; } = text => Task.FromResult(Answer(text.Contains("function", StringComparison.Ordinal) ? "code_generation" : "explanation"));

    /// <summary>What Analytics answers of an organisation; personalisation is off.</summary>
    public Func<KnownSnapshot, OrganizationSnapshot> Learning { get; set; } = known => new() { OrganizationId = known.OrganizationId };

    /// <summary>How often Analytics was asked.</summary>
    public int AskedToLearn { get; private set; }

    /// <summary>What Analytics says that runs; null: it is away.</summary>
    public ExperimentsOfAnalytics? Experiments { get; set; } = new("none", []);

    /// <summary>What Analytics was given to keep, and what it answers.</summary>
    public Func<SaveExperimentRequest, Experiment> Save { get; set; } = request => new() { Id = "exp_" + new string('0', 32), Revision = 1, State = "draft", Definition = request.Definition };

    /// <summary>Questions that Inference was asked.</summary>
    public int Asked { get; private set; }

    public string Address => _app.Urls.First();

    public static async Task<FakeFleet> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, o => o.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        FakeFleet? fleet = null;
        builder.Services.AddSingleton(_ => new InferenceStub(() => fleet!));
        builder.Services.AddSingleton<AuthStub>();
        builder.Services.AddSingleton<CatalogStub>();
        builder.Services.AddSingleton(_ => new LearningStub(() => fleet!));
        builder.Services.AddSingleton(_ => new ExperimentStub(() => fleet!));
        var app = builder.Build();
        app.MapGrpcService<InferenceStub>();
        app.MapGrpcService<AuthStub>();
        app.MapGrpcService<CatalogStub>();
        app.MapGrpcService<LearningStub>();
        app.MapGrpcService<ExperimentStub>();
        fleet = new FakeFleet(app);
        await app.StartAsync().WithinAsync();
        return fleet;
    }

    /// <summary>An answer of the model that is sure of the intent.</summary>
    public static AnalyzeResponse Answer(string intent, float probability = 0.9f)
    {
        var answer = new AnalyzeResponse { Language = "en", LanguageConfidence = 1, ModelVersion = "test-model", Tokens = 10 };
        answer.Intents.Add(new Prediction { Label = intent, Probability = probability });
        answer.Intents.Add(new Prediction { Label = "brainstorming", Probability = 1 - probability });
        answer.Domains.Add(new Prediction { Label = "software", Probability = 0.8f });
        answer.Complexities.Add(new Prediction { Label = "moderate", Probability = 0.7f });
        return answer;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed class InferenceStub(Func<FakeFleet> fleet) : InferenceService.InferenceServiceBase
    {
        public override Task<AnalyzeResponse> Analyze(AnalyzeRequest request, ServerCallContext context)
        {
            fleet().Asked++;
            return request.Attributions ? WithAttributionAsync(request.Text) : fleet().Inference(request.Text);
        }

        private async Task<AnalyzeResponse> WithAttributionAsync(string text)
        {
            var answer = await fleet().Inference(text);
            answer.Attributions.Add(new Attribution { Start = 0, End = text.IndexOf(' ', StringComparison.Ordinal), Weight = 0.25 });
            return answer;
        }
    }

    private sealed class AuthStub : AuthService.AuthServiceBase
    {
        public override Task<TokenResponse> ExchangeServiceSecret(ExchangeServiceSecretRequest request, ServerCallContext context) =>
            Task.FromResult(new TokenResponse { Token = "stub", ExpiresAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddMinutes(5)) });
    }

    private sealed class LearningStub(Func<FakeFleet> fleet) : LearningService.LearningServiceBase
    {
        public override Task<FindLearningSnapshotsResponse> FindLearningSnapshots(FindLearningSnapshotsRequest request, ServerCallContext context)
        {
            fleet().AskedToLearn++;
            return Task.FromResult(new FindLearningSnapshotsResponse { Organizations = { request.Organizations.Select(fleet().Learning) } });
        }
    }

    private sealed class ExperimentStub(Func<FakeFleet> fleet) : ExperimentService.ExperimentServiceBase
    {
        public override Task<Experiment> SaveExperiment(SaveExperimentRequest request, ServerCallContext context) => Task.FromResult(fleet().Save(request));

        public override async Task ListRunningExperiments(ListRunningExperimentsRequest request, IServerStreamWriter<RunningExperiments> responseStream, ServerCallContext context)
        {
            var (version, running) = fleet().Experiments ?? throw new RpcException(new Status(StatusCode.Unavailable, "away"));
            await responseStream.WriteAsync(new() { Version = version });
            if (version == request.KnownVersion)
                return;
            foreach (var one in running)
                await responseStream.WriteAsync(new() { Version = version, Experiments = { one } });
        }
    }

    private sealed class CatalogStub : CatalogService.CatalogServiceBase
    {
        public override async Task StreamSnapshots(StreamSnapshotsRequest request, IServerStreamWriter<TechniqueSnapshot> responseStream, ServerCallContext context) =>
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

/// <summary>What runs, as Analytics tells it.</summary>
internal sealed record ExperimentsOfAnalytics(string Version, IReadOnlyList<RunningExperiment> Running);

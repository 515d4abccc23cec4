using Grpc.Core;
using Grpc.Health.V1;

namespace PromptPlatform.Inference.Tests;

/// <summary>The service over gRPC with the model that it ships.</summary>
public sealed class InferenceServiceTests
{
    private InferenceServer server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await InferenceServer.StartAsync(Fixture.ModelFolder);
        await server.BecomeReadyAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [Test]
    public async Task Analyze_OfAProgrammingTask_ReadsItAsOne()
    {
        var analysis = await server.AnalyzeAsync("Write a Python function that merges two sorted lists.");

        Assert.That(analysis.Intents[0].Label, Is.EqualTo("code_generation"));
        Assert.That(analysis.Domains[0].Label, Is.EqualTo("software"));
        Assert.That(analysis.Language, Is.EqualTo("en"));
        Assert.That(analysis.Truncated, Is.False);
        Assert.That(analysis.Tokens, Is.InRange(5, 30));
    }

    [Test]
    public async Task Analyze_AnswersAllLabelsMostProbableFirst()
    {
        var analysis = await server.AnalyzeAsync("Übersetze diesen Satz ins Englische: Der Zug fährt um acht.");

        Assert.That(analysis.Intents, Has.Count.EqualTo(16));
        Assert.That(analysis.Domains, Has.Count.EqualTo(12));
        Assert.That(analysis.Complexities, Has.Count.EqualTo(3));
        Assert.That(analysis.Intents.Select(intent => intent.Probability), Is.Ordered.Descending);
        Assert.That(analysis.Intents.Sum(intent => intent.Probability), Is.EqualTo(1).Within(1e-4));
        Assert.That(analysis.Language, Is.EqualTo("de"));
        Assert.That(analysis.Timings.BatchSize, Is.GreaterThanOrEqualTo(1));
        Assert.That(analysis.Timings.ComputeMs, Is.GreaterThan(0));
    }

    [Test]
    public async Task Analyze_OfALongPrompt_ReadsStartAndEnd()
    {
        var analysis = await server.AnalyzeAsync(string.Concat(Enumerable.Repeat("one two three four five ", 1000)));

        Assert.That(analysis.Truncated);
        Assert.That(analysis.Tokens, Is.EqualTo(256));
    }

    [Test]
    public async Task Analyze_OfManyAtOnce_AnswersEachItsOwn()
    {
        string[] texts = ["Write a Python function that merges two sorted lists.", "写一首关于春天的短诗。", "Solve x^2 - 5x + 6 = 0 and show each step."];
        var alone = new List<string>();
        foreach (var text in texts) alone.Add((await server.AnalyzeAsync(text)).Intents[0].Label);

        var together = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => server.AnalyzeAsync(texts[i % 3])));

        Assert.That(together.Select(analysis => analysis.Intents[0].Label), Is.EqualTo(Enumerable.Range(0, 60).Select(i => alone[i % 3])));
    }

    [TestCase("", StatusCode.InvalidArgument)]
    [TestCase("   ", StatusCode.InvalidArgument)]
    [TestCase("a\0b", StatusCode.InvalidArgument)]
    public void Analyze_OfNoPrompt_IsRefused(string text, StatusCode status) =>
        Assert.That(() => server.AnalyzeAsync(text), Throws.TypeOf<RpcException>().With.Property("StatusCode").EqualTo(status));

    [Test]
    public void Analyze_WithoutTheScope_IsForbidden() =>
        Assert.That(() => server.AnalyzeAsync("hi", scopes: "models:read"), Throws.TypeOf<RpcException>().With.Property("StatusCode").EqualTo(StatusCode.PermissionDenied));

    [Test]
    public async Task ListModels_NamesTheServingModel()
    {
        var models = await server.ListModelsAsync();

        Assert.That(models.Models, Has.Count.EqualTo(1));
        Assert.That(models.Models[0].Version, Does.Match("^[0-9a-f]{16}$"));
        Assert.That(models.Models[0].Provider, Is.EqualTo("CPUExecutionProvider"));
        Assert.That(models.Models[0].SizeBytes, Is.GreaterThan(1_000_000));
        Assert.That(models.Models[0].Metrics, Is.Not.Empty);
    }

    [Test]
    public async Task Health_OnceWarm_IsServing()
    {
        var status = HealthCheckResponse.Types.ServingStatus.Unknown;
        for (var i = 0; i < 100 && status != HealthCheckResponse.Types.ServingStatus.Serving; i++)
        {
            status = (await server.Health.CheckAsync(new(), deadline: InferenceServer.Deadline)).Status;
            if (status != HealthCheckResponse.Types.ServingStatus.Serving) await Task.Delay(200);
        }

        Assert.That(status, Is.EqualTo(HealthCheckResponse.Types.ServingStatus.Serving));
    }
}

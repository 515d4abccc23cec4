using Grpc.Core;
using Grpc.Health.V1;

namespace PromptPlatform.Inference.Tests;

/// <summary>The service without a model: up, not ready, and saying so.</summary>
public sealed class MissingModelTests
{
    [Test]
    public async Task Service_WithoutAModel_IsUpButNotServing()
    {
        await using var server = await InferenceServer.StartAsync("/nowhere/model");

        var ready = await server.IsReadyAsync();
        var health = await server.Health.CheckAsync(new(), deadline: InferenceServer.Deadline);
        var models = await server.ListModelsAsync();

        Assert.That(ready, Is.False);
        Assert.That(health.Status, Is.Not.EqualTo(HealthCheckResponse.Types.ServingStatus.Serving));
        Assert.That(models.Models, Is.Empty);
        Assert.That(() => server.AnalyzeAsync("hi"), Throws.TypeOf<RpcException>().With.Property("StatusCode").EqualTo(StatusCode.Unavailable));
    }
}

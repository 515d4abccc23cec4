using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.Options;

namespace PromptPlatform.Inference.Tests;

/// <summary>The service without a model is up, not ready, and says so; without sound settings it does not start.</summary>
public sealed class ServiceStartTests
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

    [TestCase("--Inference:Batching:QueueCapacity=0", "QueueCapacity")]
    [TestCase("--Inference:Batching:MaxBatchTokens=100", "MaxBatchTokens")]
    [TestCase("--Inference:DeviceId=-1", "DeviceId")]
    public void Service_WithASettingOutOfRange_DoesNotStart(string setting, string name) =>
        Assert.That(() => InferenceServer.StartAsync("/nowhere/model", setting), Throws.TypeOf<OptionsValidationException>().With.Message.Contains(name));
}

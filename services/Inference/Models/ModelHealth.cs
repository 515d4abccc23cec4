using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PromptPlatform.Inference.Models;

/// <summary>Ready once the model is warm.</summary>
internal sealed class ModelHealth(ServedModels served) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(served.Current is null ? HealthCheckResult.Unhealthy("no model serves yet") : HealthCheckResult.Healthy());
}

using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PromptPlatform.ServiceDefaults.Health;

/// <summary>Whether the service is about to stop.</summary>
internal sealed class DrainState
{
    private volatile bool _draining;

    public bool Draining => _draining;

    public void Begin() => _draining = true;
}

/// <summary>Not ready while draining.</summary>
internal sealed class DrainHealth(DrainState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.Draining ? HealthCheckResult.Unhealthy("draining") : HealthCheckResult.Healthy());
}

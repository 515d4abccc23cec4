using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PromptPlatform.Catalog.Snapshots;

/// <summary>Ready once the techniques were seeded and read.</summary>
internal sealed class SnapshotHealth(SnapshotFeed feed) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(feed.Current is null ? HealthCheckResult.Unhealthy("no techniques yet") : HealthCheckResult.Healthy());
}

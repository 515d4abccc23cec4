using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PromptPlatform.ServiceDefaults.Storage;

/// <summary>Ready only while the database answers.</summary>
internal sealed class DatabaseHealth(TenantDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await database.PingAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

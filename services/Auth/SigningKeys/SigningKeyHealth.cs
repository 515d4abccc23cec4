using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PromptPlatform.Auth.SigningKeys;

/// <summary>Ready only with a key to sign with.</summary>
internal sealed class SigningKeyHealth(SigningKeyRing ring) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(ring.IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("no signing key"));
}

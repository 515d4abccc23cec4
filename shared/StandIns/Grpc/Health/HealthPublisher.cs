using Grpc.AspNetCore.HealthChecks;
using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace PromptPlatform.GrpcTransport;

/// <summary>Takes the published results of the health checks into the table that watchers see.</summary>
internal sealed class HealthPublisher(HealthServiceImpl table, IOptions<GrpcHealthChecksOptions> options, IOptions<HealthCheckServiceOptions> checks) : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (Grpc.AspNetCore.HealthChecks.ServiceMapping mapping in options.Value.Services)
        {
            table.SetStatus(mapping.Name, HealthResults.Of(mapping, report, checks.Value));
        }

        return Task.CompletedTask;
    }
}

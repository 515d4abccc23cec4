using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Settings of the gRPC health service.</summary>
public sealed class GrpcHealthChecksOptions
{
    /// <summary>Which health checks make up which service. The empty name maps all checks at first.</summary>
    public ServiceMappingCollection Services { get; } = [];

    /// <summary>Whether calls get the results last published by the <see cref="IHealthCheckPublisher"/> instead of running the checks. Default false.</summary>
    public bool UseHealthChecksCache { get; set; }

    /// <summary>Whether watchers stay when the application begins to stop. Default false: they learn NOT_SERVING and end.</summary>
    public bool SuppressCompletionOnShutdown { get; set; }
}

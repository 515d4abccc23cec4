using Grpc.AspNetCore.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace PromptPlatform.GrpcTransport;

/// <summary>From ASP.NET Core's health checks to statuses of the health protocol.</summary>
internal static class HealthResults
{
    /// <summary>NOT_SERVING when one of the service's checks is unhealthy; a degraded service still serves.</summary>
    public static ServingStatus Of(Grpc.AspNetCore.HealthChecks.ServiceMapping mapping, HealthReport report, HealthCheckServiceOptions checks)
    {
        IEnumerable<string> chosen = checks.Registrations.Where(registration => Chooses(mapping, registration)).Select(registration => registration.Name);
        bool unhealthy = chosen.Any(name => report.Entries.TryGetValue(name, out HealthReportEntry entry) && entry.Status == HealthStatus.Unhealthy);
        return unhealthy ? ServingStatus.NotServing : ServingStatus.Serving;
    }

    public static bool Chooses(Grpc.AspNetCore.HealthChecks.ServiceMapping mapping, HealthCheckRegistration registration) =>
        mapping.HealthCheckPredicate?.Invoke(new HealthCheckMapContext(registration.Name, registration.Tags)) ?? true;
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PromptPlatform.ServiceDefaults.Health;

/// <summary>
/// <c>/health/live</c> (the process runs), <c>/health/ready</c> (it can do its work and is not draining) and gRPC health, in every environment.
/// A check takes part in readiness by the tag "ready".
/// </summary>
internal static class HealthSetup
{
    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DrainState>();
        builder.Services.AddGrpcHealthChecks(options => options.Services.Map("", registration => registration.Tags.Contains("ready")))
            .AddCheck<DrainHealth>("draining", tags: ["ready"]);
        // gRPC health is published, not asked: publish often enough for a balancer to notice.
        builder.Services.Configure<HealthCheckPublisherOptions>(options =>
        {
            options.Delay = TimeSpan.FromMilliseconds(200);
            options.Period = TimeSpan.FromSeconds(2);
        });
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = r => r.Tags.Contains("ready"), ResponseWriter = WriteAsync });
        app.MapGrpcHealthChecksService();
    }

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.Headers.CacheControl = "no-store";
        // Names only: details of a failure go to the log, not to whoever asks.
        return http.Response.WriteAsJsonAsync(new
        {
            status = report.Status == HealthStatus.Unhealthy ? "unhealthy" : "healthy",
            checks = report.Entries.ToDictionary(e => e.Key, e => e.Value.Status == HealthStatus.Unhealthy ? "unhealthy" : "healthy"),
        }, http.RequestAborted);
    }
}

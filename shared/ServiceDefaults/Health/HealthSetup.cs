using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace PromptPlatform.ServiceDefaults.Health;

/// <summary>
/// <c>/health/live</c> (the process runs), <c>/health/ready</c> (it can do its work and is not draining) and gRPC health, in every environment.
/// A check takes part in readiness by the tag "ready".
/// </summary>
internal static class HealthSetup
{
    private const string CheckerLog = "Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService";

    public static void AddHealth(this WebApplicationBuilder builder)
    {
        var drain = new DrainState();
        builder.Services.AddSingleton(drain);
        builder.Services.PostConfigure<LoggerFilterOptions>(filters => filters.Rules.Add(QuietWhileDraining(filters, drain)));
        builder.Services.AddGrpcHealthChecks(options => options.Services.Map("", registration => registration.Tags.Contains("ready")))
            .AddCheck<DrainHealth>("draining", tags: ["ready"]);
        // gRPC health is published, not asked: publish often enough for a balancer to notice.
        builder.Services.Configure<HealthCheckPublisherOptions>(options =>
        {
            options.Delay = TimeSpan.FromMilliseconds(200);
            options.Period = TimeSpan.FromSeconds(2);
        });
    }

    // "draining" is unhealthy on purpose, and what else fails while a service stops is no news.
    private static LoggerFilterRule QuietWhileDraining(LoggerFilterOptions filters, DrainState drain)
    {
        var usual = filters.Rules.Where(rule => rule.ProviderName is null && CheckerLog.StartsWith(rule.CategoryName ?? "", StringComparison.OrdinalIgnoreCase))
            .OrderBy(rule => rule.CategoryName?.Length ?? 0).LastOrDefault();
        return new LoggerFilterRule(null, CheckerLog, usual?.LogLevel ?? filters.MinLevel, (_, _, _) => !drain.Draining);
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

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PromptPlatform.ServiceDefaults.Telemetry;

/// <summary>Metrics for Prometheus and, where OTEL_EXPORTER_OTLP_ENDPOINT is set, metrics and traces by OTLP. Never prompt text.</summary>
internal static class TelemetrySetup
{
    private static readonly string[] s_meters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql", "Grpc.AspNetCore.Server", "Grpc.Net.Client", "PromptPlatform.*",
    ];

    /// <summary>Whether somebody collects spans: an OTLP endpoint is set.</summary>
    public static bool IsExported(IConfiguration configuration) => !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    public static void AddTelemetry(this WebApplicationBuilder builder, string service)
    {
        bool otlp = IsExported(builder.Configuration);
        string name = builder.Configuration["OTEL_SERVICE_NAME"] ?? "promptplatform-" + service;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(name))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(s_meters).AddPrometheusExporter();
                if (otlp)
                    metrics.AddOtlpExporter();
            });
        // A span that nobody collects still costs its allocation, on every hop and query.
        if (otlp)
            telemetry.WithTracing(tracing => tracing.AddSource("Microsoft.AspNetCore", "System.Net.Http", "Grpc.Net.Client", "Npgsql", "PromptPlatform.*").AddOtlpExporter());
    }
}

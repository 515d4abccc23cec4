using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Exporter;
using PromptPlatform.PrometheusText;

namespace OpenTelemetry.Metrics;

/// <summary>Adds the Prometheus exporter to a meter provider.</summary>
public static class PrometheusExporterMeterProviderBuilderExtensions
{
    /// <summary>With default settings.</summary>
    public static MeterProviderBuilder AddPrometheusExporter(this MeterProviderBuilder builder) => builder.AddPrometheusExporter(_ => { });

    /// <summary>With settings. The metrics are served by MapPrometheusScrapingEndpoint.</summary>
    public static MeterProviderBuilder AddPrometheusExporter(this MeterProviderBuilder builder, Action<PrometheusAspNetCoreOptions> configure)
    {
        builder.ConfigureServices(services =>
        {
            services.Configure(configure);
            services.TryAddSingleton<PullExporter>();
            services.TryAddSingleton<Scraper>();
        });

        // CA2000: the provider disposes its readers.
#pragma warning disable CA2000
        return builder.AddReader(services => new BaseExportingMetricReader(services.GetRequiredService<PullExporter>()));
#pragma warning restore CA2000
    }
}

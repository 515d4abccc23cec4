using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using PromptPlatform.PrometheusText;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the Prometheus endpoint.</summary>
public static class PrometheusExporterEndpointRouteBuilderExtensions
{
    /// <summary>At the path of the settings.</summary>
    public static IEndpointConventionBuilder MapPrometheusScrapingEndpoint(this IEndpointRouteBuilder endpoints)
    {
        string? path = endpoints.ServiceProvider.GetRequiredService<IOptions<PrometheusAspNetCoreOptions>>().Value.ScrapeEndpointPath;
        return endpoints.MapPrometheusScrapingEndpoint(path ?? "/metrics");
    }

    /// <summary>At this path. Throws <see cref="InvalidOperationException"/> without AddPrometheusExporter.</summary>
    public static IEndpointConventionBuilder MapPrometheusScrapingEndpoint(this IEndpointRouteBuilder endpoints, string path)
    {
        Scraper scraper = Scraper.Of(endpoints.ServiceProvider);
        return endpoints.MapGet(path, (HttpContext http) => scraper.AnswerAsync(http)).WithDisplayName("Prometheus metrics");
    }
}

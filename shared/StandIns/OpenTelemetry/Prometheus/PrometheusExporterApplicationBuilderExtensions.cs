using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using PromptPlatform.PrometheusText;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Serves the Prometheus metrics by middleware.</summary>
public static class PrometheusExporterApplicationBuilderExtensions
{
    /// <summary>At the path of the settings.</summary>
    public static IApplicationBuilder UseOpenTelemetryPrometheusScrapingEndpoint(this IApplicationBuilder app)
    {
        string? path = app.ApplicationServices.GetRequiredService<IOptions<PrometheusAspNetCoreOptions>>().Value.ScrapeEndpointPath;
        return app.UseOpenTelemetryPrometheusScrapingEndpoint(path ?? "/metrics");
    }

    /// <summary>At this path.</summary>
    public static IApplicationBuilder UseOpenTelemetryPrometheusScrapingEndpoint(this IApplicationBuilder app, string path) =>
        app.UseOpenTelemetryPrometheusScrapingEndpoint(http => http.Request.Path == path);

    /// <summary>For the requests that the predicate chooses, e.g. those on the management port.</summary>
    public static IApplicationBuilder UseOpenTelemetryPrometheusScrapingEndpoint(this IApplicationBuilder app, Func<HttpContext, bool> predicate)
    {
        Scraper scraper = Scraper.Of(app.ApplicationServices);
        return app.MapWhen(predicate, branch => branch.Run(scraper.AnswerAsync));
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace PromptPlatform.PrometheusText;

/// <summary>Answers scrapes; one answer serves those that follow within the cache duration.</summary>
internal sealed class Scraper(PullExporter exporter, IOptions<PrometheusAspNetCoreOptions> options, IServiceProvider services)
{
    private readonly TimeProvider clock = services.GetService<TimeProvider>() ?? TimeProvider.System;
    private readonly Lock gate = new();
    private readonly Dictionary<ExpositionFormat, (long At, byte[] Body)> answers = [];

    public static Scraper Of(IServiceProvider services)
    {
        // The provider connects the exporter to the meters.
        _ = services.GetService<MeterProvider>();
        return services.GetService<Scraper>()
            ?? throw new InvalidOperationException("The Prometheus exporter is missing: call AddPrometheusExporter on the meter provider.");
    }

    public async Task AnswerAsync(HttpContext http)
    {
        ExpositionFormat format = ExpositionFormat.Choose(http.Request.Headers.Accept);
        byte[]? body = Scrape(format);
        if (body is null)
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        http.Response.ContentType = format.ContentType;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.Vary = new StringValues("Accept");
        await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    private byte[]? Scrape(ExpositionFormat format)
    {
        var fresh = TimeSpan.FromMilliseconds(options.Value.ScrapeResponseCacheDurationMilliseconds);
        lock (gate)
        {
            if (answers.TryGetValue(format, out (long At, byte[] Body) last) && clock.GetElapsedTime(last.At) < fresh)
            {
                return last.Body;
            }

            byte[]? body = exporter.Scrape(new Exposition(format, totalSuffix: !options.Value.DisableTotalNameSuffixForCounters));
            if (body is not null)
            {
                answers[format] = (clock.GetTimestamp(), body);
            }

            return body;
        }
    }
}

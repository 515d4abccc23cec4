namespace OpenTelemetry.Exporter;

/// <summary>Settings of the Prometheus endpoint.</summary>
public class PrometheusAspNetCoreOptions
{
    /// <summary>Path of the endpoint. Default /metrics.</summary>
    public string? ScrapeEndpointPath { get; set; } = "/metrics";

    /// <summary>Whether counters keep their names without "_total" in the text format. Default false.</summary>
    public bool DisableTotalNameSuffixForCounters { get; set; }

    /// <summary>How long an answer serves further scrapes, in milliseconds; 0: each scrape collects. Default 300.</summary>
    public int ScrapeResponseCacheDurationMilliseconds { get; set; } = 300;
}

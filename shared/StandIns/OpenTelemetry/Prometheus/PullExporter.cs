using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace PromptPlatform.PrometheusText;

/// <summary>Collects when it is scraped. One scrape at a time; the caller holds the lock.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PullExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private const int CollectTimeoutMilliseconds = 10_000;

    private Exposition? current;

    public Func<int, bool>? Collect { get; set; }

    /// <summary>The text of all metrics; null when they could not be collected.</summary>
    public byte[]? Scrape(Exposition exposition)
    {
        current = exposition;
        try
        {
            return Collect is not null && Collect(CollectTimeoutMilliseconds) ? exposition.ToBytes() : null;
        }
        finally
        {
            current = null;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        if (current is null)
        {
            // A flush that no scrape asked for: nothing to write to.
            return ExportResult.Success;
        }

        current.Write(ParentProvider?.GetResource() ?? OpenTelemetry.Resources.Resource.Empty, batch);
        return ExportResult.Success;
    }
}

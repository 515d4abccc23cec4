using System.Text;
using OpenTelemetry.Metrics;

namespace PromptPlatform.PrometheusText;

/// <summary>Name, type and help of a metric as Prometheus has them.</summary>
internal sealed record MetricFamily(string Name, string SampleName, string Type, string Unit, string Help)
{
    /// <summary>Null for types that the formats cannot express (exponential histograms).</summary>
    public static MetricFamily? Of(Metric metric, ExpositionFormat format, bool totalSuffix)
    {
        string? type = metric.MetricType switch
        {
            MetricType.LongSum or MetricType.DoubleSum => "counter",
            MetricType.Histogram => "histogram",
            MetricType.ExponentialHistogram => null,
            _ => "gauge",
        };
        if (type is null)
        {
            return null;
        }

        string unit = MetricNames.Unit(metric.Unit);
        string name = MetricNames.Sanitize(metric.Name);
        if (type == "counter" && name.EndsWith("_total", StringComparison.Ordinal))
        {
            name = name[..^"_total".Length];
        }

        if (unit.Length > 0 && !name.EndsWith("_" + unit, StringComparison.Ordinal) && name != unit)
        {
            name += "_" + unit;
        }

        // OpenMetrics: the samples of a counter end with _total, its family does not; in the text format both do.
        bool total = type == "counter" && (totalSuffix || format.IsOpenMetrics);
        string sample = total ? name + "_total" : name;
        return new MetricFamily(format.IsOpenMetrics ? name : sample, sample, type, unit, metric.Description);
    }

    public void WriteHeader(StringBuilder text, ExpositionFormat format)
    {
        text.Append("# TYPE ").Append(Name).Append(' ').Append(Type).Append('\n');
        if (format.IsOpenMetrics && Unit.Length > 0)
        {
            text.Append("# UNIT ").Append(Name).Append(' ').Append(Unit).Append('\n');
        }

        if (!string.IsNullOrEmpty(Help))
        {
            text.Append("# HELP ").Append(Name).Append(' ');
            LabelSet.Escape(text, Help, quotes: format.IsOpenMetrics);
            text.Append('\n');
        }
    }
}

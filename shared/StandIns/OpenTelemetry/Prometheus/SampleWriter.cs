using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace PromptPlatform.PrometheusText;

/// <summary>Writes the samples of one metric, in OpenMetrics with their exemplars.</summary>
internal sealed class SampleWriter(StringBuilder text, ExpositionFormat format, MetricFamily family)
{
    public void Write(Metric metric)
    {
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            LabelSet labels = LabelsOf(metric, point);
            if (family.Type == "histogram")
            {
                WriteHistogram(point, labels);
            }
            else
            {
                Sample(family.SampleName, labels, ValueOf(metric.MetricType, point));
                if (family.Type == "counter" && Exemplars(point) is [.., var exemplar])
                {
                    Append(exemplar, metric.MetricType == MetricType.LongSum ? exemplar.LongValue : exemplar.DoubleValue);
                }

                text.Append('\n');
            }
        }
    }

    private static LabelSet LabelsOf(Metric metric, in MetricPoint point)
    {
        var labels = new LabelSet();
        labels.Add("otel_scope_name", metric.MeterName);
        foreach (KeyValuePair<string, object?> tag in point.Tags)
        {
            labels.Add(tag.Key, tag.Value);
        }

        return labels;
    }

    private static double ValueOf(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        _ => point.GetGaugeLastValueDouble(),
    };

    private void WriteHistogram(in MetricPoint point, LabelSet labels)
    {
        List<Exemplar> exemplars = Exemplars(point);
        double lower = double.NegativeInfinity;
        long count = 0;
        foreach (HistogramBucket bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            Sample(family.SampleName + "_bucket", labels, count, MetricNames.Bound(bucket.ExplicitBound, format));
            double from = lower;
            int within = exemplars.FindIndex(exemplar => exemplar.DoubleValue > from && exemplar.DoubleValue <= bucket.ExplicitBound);
            if (within >= 0)
            {
                Append(exemplars[within], exemplars[within].DoubleValue);
            }

            text.Append('\n');
            lower = bucket.ExplicitBound;
        }

        Sample(family.SampleName + "_sum", labels, point.GetHistogramSum());
        text.Append('\n');
        Sample(family.SampleName + "_count", labels, point.GetHistogramCount());
        text.Append('\n');
    }

    private void Sample(string name, LabelSet labels, double value, string? bound = null)
    {
        text.Append(name);
        labels.AppendTo(text, bound);
        text.Append(' ').Append(MetricNames.Number(value));
    }

    private List<Exemplar> Exemplars(in MetricPoint point)
    {
        var found = new List<Exemplar>();
        if (format.IsOpenMetrics && point.TryGetExemplars(out ReadOnlyExemplarCollection exemplars))
        {
            foreach (ref readonly Exemplar exemplar in exemplars)
            {
                if (exemplar.TraceId != default)
                {
                    found.Add(exemplar);
                }
            }
        }

        return found;
    }

    private void Append(in Exemplar exemplar, double value) => text
        .Append(" # {trace_id=\"").Append(exemplar.TraceId.ToHexString())
        .Append("\",span_id=\"").Append(exemplar.SpanId.ToHexString())
        .Append("\"} ").Append(MetricNames.Number(value))
        .Append(' ').Append((exemplar.Timestamp.ToUnixTimeMilliseconds() / 1000.0).ToString("F3", CultureInfo.InvariantCulture));
}

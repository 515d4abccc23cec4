using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace PromptPlatform.PrometheusText;

/// <summary>One scrape: all metrics as text, each family once however many meters share its name.</summary>
internal sealed class Exposition(ExpositionFormat format, bool totalSuffix)
{
    private readonly StringBuilder text = new(16 * 1024);

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(format.IsOpenMetrics ? text.Append("# EOF\n").ToString() : text.ToString());

    public void Write(Resource resource, in Batch<Metric> batch)
    {
        WriteTarget(resource);
        var families = new Dictionary<string, List<(MetricFamily Family, Metric Metric)>>(StringComparer.Ordinal);
        foreach (Metric metric in batch)
        {
            if (MetricFamily.Of(metric, format, totalSuffix) is not { } family)
            {
                continue;
            }

            if (!families.TryGetValue(family.Name, out List<(MetricFamily Family, Metric Metric)>? members))
            {
                families[family.Name] = members = [];
            }

            // A name stands for one type; the first that was made keeps it.
            if (members.Count == 0 || members[0].Family.Type == family.Type)
            {
                members.Add((family, metric));
            }
        }

        foreach (List<(MetricFamily Family, Metric Metric)> members in families.Values)
        {
            members[0].Family.WriteHeader(text, format);
            foreach ((MetricFamily family, Metric metric) in members)
            {
                new SampleWriter(text, format, family).Write(metric);
            }
        }
    }

    private void WriteTarget(Resource resource)
    {
        var labels = new LabelSet();
        foreach (KeyValuePair<string, object> attribute in resource.Attributes)
        {
            labels.Add(attribute.Key, attribute.Value);
        }

        if (labels.IsEmpty)
        {
            return;
        }

        string family = format.IsOpenMetrics ? "target" : "target_info";
        text.Append("# TYPE ").Append(family).Append(format.IsOpenMetrics ? " info\n" : " gauge\n");
        text.Append("# HELP ").Append(family).Append(" Target metadata\ntarget_info");
        labels.AppendTo(text);
        text.Append(" 1\n");
    }
}

using System.Globalization;
using System.Text;

namespace PromptPlatform.PrometheusText;

/// <summary>The labels of a sample. Keys that become the same name share one label, their values joined by ";", since a double label spoils a whole scrape.</summary>
internal sealed class LabelSet
{
    private readonly List<(string Name, string Value)> labels = [];

    public bool IsEmpty => labels.Count == 0;

    public void Add(string key, object? value)
    {
        string name = MetricNames.Sanitize(key).Replace(':', '_');
        string text = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        int known = labels.FindIndex(label => label.Name == name);
        if (known < 0)
        {
            labels.Add((name, text));
        }
        else
        {
            labels[known] = (name, labels[known].Value + ";" + text);
        }
    }

    /// <summary>Writes {a="b",…}, with the bucket bound last when there is one; nothing for no labels.</summary>
    public void AppendTo(StringBuilder text, string? bound = null)
    {
        if (IsEmpty && bound is null)
        {
            return;
        }

        char separator = '{';
        foreach ((string name, string value) in labels)
        {
            text.Append(separator).Append(name).Append("=\"");
            Escape(text, value, quotes: true);
            text.Append('"');
            separator = ',';
        }

        if (bound is not null)
        {
            text.Append(separator).Append("le=\"").Append(bound).Append('"');
        }

        text.Append('}');
    }

    public static void Escape(StringBuilder text, string value, bool quotes)
    {
        foreach (char character in value)
        {
            _ = character switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '"' when quotes => text.Append("\\\""),
                _ => text.Append(character),
            };
        }
    }
}

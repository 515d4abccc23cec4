using System.Globalization;
using System.Text;

namespace PromptPlatform.PrometheusText;

/// <summary>From OpenTelemetry's names and units to those of Prometheus.</summary>
internal static class MetricNames
{
    /// <summary>Letters, digits and colons; anything else becomes one underscore.</summary>
    public static string Sanitize(string name)
    {
        var clean = new StringBuilder(name.Length + 1);
        foreach (char character in name)
        {
            bool allowed = char.IsAsciiLetterOrDigit(character) || character == ':';
            if (clean.Length == 0 && char.IsAsciiDigit(character))
            {
                clean.Append('_');
            }

            if (allowed || clean.Length == 0 || clean[^1] != '_')
            {
                clean.Append(allowed ? character : '_');
            }
        }

        return clean.ToString();
    }

    /// <summary>The unit in words; annotations in braces are no unit; empty when there is none.</summary>
    public static string Unit(string? unit)
    {
        string bare = RemoveAnnotations(unit ?? "");
        string[] parts = bare.Split('/', 2);
        return parts.Length == 1
            ? Word(bare)
            : Sanitize($"{Word(parts[0])}_per_{PerWord(parts[1])}").Trim('_');
    }

    /// <summary>A sample value or bucket bound.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>A bucket bound; OpenMetrics wants a decimal point also in whole numbers.</summary>
    public static string Bound(double value, ExpositionFormat format)
    {
        string number = Number(value);
        return format.IsOpenMetrics && number.All(character => char.IsAsciiDigit(character) || character == '-') ? number + ".0" : number;
    }

    private static string RemoveAnnotations(string unit)
    {
        int open;
        while ((open = unit.IndexOf('{', StringComparison.Ordinal)) >= 0 && unit.IndexOf('}', open) is var close and > 0)
        {
            unit = unit.Remove(open, close - open + 1);
        }

        return unit;
    }

    private static string Word(string unit) => unit switch
    {
        "" or "1" => "",
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "GiBy" => "gibibytes",
        "%" => "percent",
        _ => Sanitize(unit).Trim('_'),
    };

    private static string PerWord(string unit) => unit switch
    {
        "s" => "second",
        "m" => "minute",
        "h" => "hour",
        "d" => "day",
        _ => Word(unit),
    };
}

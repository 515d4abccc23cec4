using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PromptPlatform.PrometheusText;

/// <summary>The two formats that Prometheus reads.</summary>
internal sealed record ExpositionFormat(string ContentType, bool IsOpenMetrics)
{
    public static readonly ExpositionFormat Text = new("text/plain; version=0.0.4; charset=utf-8", IsOpenMetrics: false);
    public static readonly ExpositionFormat OpenMetrics = new("application/openmetrics-text; version=1.0.0; charset=utf-8", IsOpenMetrics: true);

    /// <summary>OpenMetrics when the scraper likes it no less than text; text for everybody else.</summary>
    public static ExpositionFormat Choose(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out IList<MediaTypeHeaderValue>? accepted))
        {
            return Text;
        }

        double openMetrics = Quality(accepted.Where(IsSupportedOpenMetrics));
        double text = Quality(accepted.Where(value => value.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase)));
        return openMetrics > 0 && openMetrics >= text ? OpenMetrics : Text;
    }

    private static bool IsSupportedOpenMetrics(MediaTypeHeaderValue value)
    {
        StringSegment version = value.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("version", StringComparison.OrdinalIgnoreCase))?.Value ?? default;
        return value.MediaType.Equals("application/openmetrics-text", StringComparison.OrdinalIgnoreCase)
            && (!version.HasValue || version == "1.0.0" || version == "0.0.1");
    }

    private static double Quality(IEnumerable<MediaTypeHeaderValue> values) => values.Select(value => value.Quality ?? 1).DefaultIfEmpty(0).Max();
}

using System.Globalization;

namespace PromptPlatform.Load;

/// <summary>What one client saw.</summary>
internal sealed class ClientLog
{
    public List<double> Latencies { get; } = [];

    public List<(string Name, double Milliseconds)> Stages { get; } = [];

    public int Failures { get; set; }

    public void Add(TimeSpan latency, HttpResponseMessage answer)
    {
        Latencies.Add(latency.TotalMilliseconds);
        // Server-Timing: classify;dur=1.2, select;dur=0.1
        if (answer.Headers.TryGetValues("Server-Timing", out var values))
        {
            Stages.AddRange(values.SelectMany(value => value.Split(',')).Select(Stage));
        }
    }

    private static (string Name, double Milliseconds) Stage(string text)
    {
        var parts = text.Split(";dur=");
        return (parts[0].Trim(), parts.Length > 1 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
    }
}

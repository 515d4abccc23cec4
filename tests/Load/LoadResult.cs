using System.Globalization;

namespace PromptPlatform.Load;

/// <summary>What one run measured, printed as a row of a Markdown table.</summary>
/// <param name="Name">What was asked.</param>
/// <param name="Clients">Clients that each sent one request after the other.</param>
/// <param name="Elapsed">Length of the run.</param>
/// <param name="Latencies">Milliseconds of each answered request, sorted.</param>
/// <param name="Failures">Answers other than 200.</param>
/// <param name="ServiceCpu">Processor time of standalone: gateway and all services.</param>
/// <param name="DatabaseCpu">Processor time of PostgreSQL.</param>
/// <param name="Stages">Mean milliseconds by stage, from Server-Timing.</param>
internal sealed record LoadResult(
    string Name, int Clients, TimeSpan Elapsed, IReadOnlyList<double> Latencies, int Failures, TimeSpan ServiceCpu, TimeSpan DatabaseCpu, IReadOnlyDictionary<string, double> Stages)
{
    public const string Heading =
        """
        | request | clients | requests/s | p50 ms | p95 ms | p99 ms | failures | CPU ms/request | PostgreSQL CPU ms/request | where the time goes (mean ms) |
        |---|--:|--:|--:|--:|--:|--:|--:|--:|---|
        """;

    public override string ToString()
    {
        var stages = string.Join(", ", Stages.OrderByDescending(stage => stage.Value).Select(stage => Text($"{stage.Key} {stage.Value:F2}")));
        return Text($"| {Name} | {Clients} | {Latencies.Count / Elapsed.TotalSeconds:F0} | {At(0.50):F1} | {At(0.95):F1} | {At(0.99):F1} | {Failures} ")
            + Text($"| {PerRequest(ServiceCpu):F2} | {PerRequest(DatabaseCpu):F2} | {stages} |");
    }

    private double At(double share) => Latencies.Count == 0 ? double.NaN : Latencies[(int)Math.Min(Latencies.Count - 1, share * Latencies.Count)];

    private double PerRequest(TimeSpan cpu) => cpu.TotalMilliseconds / Math.Max(1, Latencies.Count);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

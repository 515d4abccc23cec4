using System.Globalization;

namespace PromptPlatform.Benchmarks.Transport;

/// <summary>Writes contests as Markdown tables, and at the end what became of the goals.</summary>
internal sealed class Report(TextWriter output)
{
    private readonly List<string> goals = [];

    /// <summary>One contest as a table.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="contest">What was measured.</param>
    /// <param name="scale">Units in one request, such as the messages of a stream.</param>
    /// <param name="unit">What one unit is called.</param>
    public async Task WriteAsync(string title, Contest contest, int scale = 1, string unit = "request")
    {
        bool allocations = contest.Names.Any(name => !double.IsNaN(contest.Of(name).Allocated));
        await output.WriteLineAsync($"### {title}\n\n| | {unit}s/s | p50 µs | p99 µs | CPU µs/{unit} |{(allocations ? $" bytes/{unit} |" : "")}");
        await output.WriteLineAsync("|---|--:|--:|--:|--:|" + (allocations ? "--:|" : ""));
        foreach (string name in contest.Names)
        {
            var run = contest.Of(name);
            await output.WriteLineAsync(
                Text($"| {name} | {run.PerSecond * scale:N0} | {run.P50:N0} | {run.P99:N0} | {run.Cpu / scale:N1} |") + (allocations ? Text($" {run.Allocated:N0} |") : ""));
        }

        await output.WriteLineAsync();
        await output.FlushAsync();
    }

    /// <summary>Notes a ratio of requests per second; with a goal it says whether it is met.</summary>
    public void Compare(string what, Contest contest, string name, string baseline, double? goal = null)
    {
        var (median, low, high) = contest.Ratio(name, baseline);
        string verdict = goal switch
        {
            null => "| |",
            { } wanted when median >= wanted => Text($"| {wanted:0.0#} | met"),
            { } wanted => Text($"| {wanted:0.0#} | **missed by {(1 - (median / wanted)) * 100:0} %**"),
        };
        goals.Add(Text($"| {what} | {name} to {baseline} | {median:0.00} ({low:0.00}–{high:0.00}) {verdict} |"));
    }

    /// <summary>Writes all ratios noted.</summary>
    public async Task WriteGoalsAsync()
    {
        await output.WriteLineAsync("### Ratios of requests per second: median of the rounds (lowest–highest)\n\n| | of | ratio | goal | |\n|---|---|--:|--:|---|");
        foreach (string goal in goals)
        {
            await output.WriteLineAsync(goal);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

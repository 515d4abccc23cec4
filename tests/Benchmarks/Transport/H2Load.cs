using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PromptPlatform.Benchmarks.Transport;

/// <summary>What h2load (nghttp2) sends.</summary>
/// <param name="Url">Where to.</param>
/// <param name="BodyFile">The body of each POST.</param>
/// <param name="Connections">Connections.</param>
/// <param name="Streams">Requests in flight on each.</param>
/// <param name="Headers">Headers as <c>name: value</c>.</param>
/// <param name="Http1">HTTP/1.1 instead of HTTP/2.</param>
internal sealed record H2Load(string Url, string BodyFile, int Connections, int Streams, IReadOnlyList<string> Headers, bool Http1 = false)
{
    private const double Seconds = 2;

    // Answers of the last moment are in one count and not in the other.
    private const double Tolerance = 0.02;

    /// <summary>One run; the processor time is that of the server. Throws when a request fails.</summary>
    public async Task<Figures> RunAsync(Server server)
    {
        string log = Path.GetTempFileName();
        try
        {
            var before = server.Cpu();
            string report = await OutputAsync(log);
            double cpu = (server.Cpu() - before).TotalMicroseconds;
            double[] latencies = [.. await LatenciesAsync(log)];
            int failed = int.Parse(Regex.Match(report, @"(\d+) failed").Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            if (failed > 0 || latencies.Length == 0)
            {
                throw new InvalidOperationException($"{server.Name}: {failed} requests failed, {latencies.Length} succeeded\n{report}");
            }

            // A gRPC refusal is HTTP 200 without a message.
            long answered = long.Parse(Regex.Match(report, @"\((\d+)\) data").Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            if (answered < (1 - Tolerance) * new FileInfo(BodyFile).Length * latencies.Length)
            {
                throw new InvalidOperationException($"{server.Name}: {latencies.Length} answers have {answered} bytes\n{report}");
            }

            return new Figures(latencies.Length / Seconds, At(latencies, 0.5), At(latencies, 0.99), cpu / latencies.Length);
        }
        finally
        {
            File.Delete(log);
        }
    }

    private static double At(double[] sorted, double share) => sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];

    // Columns: start, status, microseconds until the end of the response.
    private static async Task<IOrderedEnumerable<double>> LatenciesAsync(string log)
    {
        string[] lines = await File.ReadAllLinesAsync(log);
        return lines.Select(line => line.Split('\t'))
            .Select(fields => fields[1] == "200" ? double.Parse(fields[2], CultureInfo.InvariantCulture) : throw new InvalidOperationException($"HTTP status {fields[1]}"))
            .Order();
    }

    private async Task<string> OutputAsync(string log)
    {
        string[] arguments =
        [
            "-t1", $"-c{Connections}", $"-m{Streams}", "-D", Seconds.ToString(CultureInfo.InvariantCulture), "--log-file", log, "-d", BodyFile,
            .. Http1 ? ["--h1"] : Array.Empty<string>(), .. Headers.SelectMany(header => new[] { "-H", header }), Url,
        ];
        using var process = Process.Start(new ProcessStartInfo("h2load", arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("h2load did not start");
        string report = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return report;
    }
}

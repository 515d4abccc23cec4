using System.Diagnostics;
using System.Globalization;

namespace PromptPlatform.Benchmarks.Transport;

/// <summary>A server process under measurement.</summary>
internal sealed class Server : IDisposable
{
    // Linux counts processor time in hundredths of a second, whatever the kernel's own tick.
    private const double TicksPerSecond = 100;
    private static readonly TimeSpan s_startTime = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private Server(string name, Process process)
    {
        Name = name;
        this.process = process;
    }

    /// <summary>Its name in the tables.</summary>
    public string Name { get; }

    /// <summary>Starts it and waits until it takes connections on all ports.</summary>
    public static async Task<Server> StartAsync(string name, int[] ports, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, Environment = { ["NODE_ENV"] = "production" } };
        var server = new Server(name, Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"));
        server.process.OutputDataReceived += static (_, _) => { };
        server.process.BeginOutputReadLine();
        try
        {
            foreach (int port in ports)
            {
                await Ports.OpenAsync(port, s_startTime, () => server.process.HasExited);
            }

            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Processor time that it and its workers have used so far.</summary>
    public TimeSpan Cpu()
    {
        string id = process.Id.ToString(CultureInfo.InvariantCulture);
        string[] workers = File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return TimeSpan.FromSeconds(workers.Prepend(id).Sum(Ticks) / TicksPerSecond);
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    // After the name in brackets: state, parent, …; user and system time are the 12th and 13th.
    private static long Ticks(string id) =>
        File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ')[11..13].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
}

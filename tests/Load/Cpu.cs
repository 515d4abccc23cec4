using System.Diagnostics;
using System.Globalization;

namespace PromptPlatform.Load;

/// <summary>Processor time that processes have used so far.</summary>
internal static class Cpu
{
    // Linux counts in hundredths of a second, whatever the kernel's own tick.
    private const double TicksPerSecond = 100;

    public static TimeSpan OfProcess(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }

    /// <summary>The server of a data folder, its workers included; zero where it is not ours or this is not Linux.</summary>
    public static TimeSpan OfPostgres(string data)
    {
        var pidFile = Path.Combine(data, "postgres", "data", "postmaster.pid");
        if (!OperatingSystem.IsLinux() || !File.Exists(pidFile))
        {
            return TimeSpan.Zero;
        }

        var postmaster = File.ReadLines(pidFile).First();
        var ticks = Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => name!.All(char.IsAsciiDigit)).Sum(name => Ticks(name!, postmaster));
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static long Ticks(string pid, string postmaster)
    {
        try
        {
            // After the name in brackets: state, parent, …; user and system time are the 12th and 13th, those of ended children the 14th and 15th.
            var fields = File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ');
            var isOurs = pid == postmaster || fields[1] == postmaster;
            return isOurs ? fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) : 0;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return 0; // It ended between the listing and the reading.
        }
    }
}

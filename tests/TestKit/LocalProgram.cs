using System.Diagnostics;
using NUnit.Framework;

namespace PromptPlatform.TestKit;

/// <summary>Server programs that tests start for themselves.</summary>
internal static class LocalProgram
{
    /// <summary>Skips the test on a laptop and fails it on CI when the program is not installed.</summary>
    /// <param name="program">A name on PATH, or a full path.</param>
    /// <param name="package">The Debian package that brings it.</param>
    public static void Require(string program, string package)
    {
        if ((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, program))))
            return;
        string message = $"no {program} found: apt-get install {package}";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(message);
        Assert.Ignore(message);
    }

    /// <summary>Starts a program that the kernel ends with this process, on a thread of its own: it would end with the thread that started it.</summary>
    /// <param name="words">Program and arguments.</param>
    /// <param name="environment">Variables besides our own.</param>
    /// <param name="readyLine">What it prints once it is ready.</param>
    public static Task<Process> StartAsync(string[] words, IReadOnlyDictionary<string, string> environment, string readyLine)
    {
        var ready = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Hold(words, environment, readyLine, ready)) { IsBackground = true, Name = "parent of " + words[0] }.Start();
        return ready.Task;
    }

    /// <summary>Runs a program to its end and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0.</exception>
    public static async Task<string> RunAsync(string[] words, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var run = Process.Start(With(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true }, environment))!;
        var output = await run.StandardOutput.ReadToEndAsync().WithinAsync(60);
        await run.WaitForExitAsync().WithinAsync();
        return run.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{words[0]} ended with {run.ExitCode}: {output}");
    }

    private static void Hold(string[] server, IReadOnlyDictionary<string, string> environment, string readyLine, TaskCompletionSource<Process> ready)
    {
        string[] words = OperatingSystem.IsLinux() ? ["setpriv", "--pdeathsig=KILL", .. server] : server;
        var started = Process.Start(With(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true }, environment))!;
        while (started.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains(readyLine, StringComparison.Ordinal))
                ready.TrySetResult(started);
        }

        // Its output ends with it.
        ready.TrySetException(new InvalidOperationException($"{server[0]} ended before it was ready"));
    }

    private static ProcessStartInfo With(ProcessStartInfo start, IReadOnlyDictionary<string, string>? environment)
    {
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return start;
    }
}

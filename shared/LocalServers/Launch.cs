using System.Diagnostics;

namespace PromptPlatform.LocalServers;

/// <summary>How commands of a server are started: under which account, in which session, tied to whose life.</summary>
internal static class Launch
{
    /// <summary>A command that runs to its end under the account of the server.</summary>
    public static ProcessStartInfo Command(ServerAccount? account, string program, IEnumerable<string> arguments, params string[] paths) =>
        Build(account is null ? [program] : ["setpriv", .. account.Options([program, .. paths]), program], arguments);

    /// <summary>A server: in a session of its own, so that Ctrl+C reaches only us, and asked to stop by the kernel when we die (Linux).</summary>
    public static ProcessStartInfo Server(ServerAccount? account, string program, IEnumerable<string> arguments, params string[] paths)
    {
        if (OperatingSystem.IsLinux())
        {
            // QUIT and not KILL: PostgreSQL stops at once but gives its shared memory back.
            return Build(["setsid", "setpriv", "--pdeathsig=QUIT", .. account?.Options([program, .. paths]) ?? [], program], arguments);
        }

        return OperatingSystem.IsMacOS()
            ? Build(["/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV", program], arguments)
            : Build([program], arguments);
    }

    /// <summary>Runs a command to its end; its output is the message when it fails.</summary>
    public static async Task RunAsync(ProcessStartInfo command, string purpose, CancellationToken cancellation)
    {
        using var process = Process.Start(command) ?? throw new LocalServerException($"{purpose}: {command.FileName} did not start");
        try
        {
            var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
            {
                throw new LocalServerException($"{purpose} failed: {string.Concat(output).Trim()}");
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static ProcessStartInfo Build(string[] prefix, IEnumerable<string> arguments) =>
        new(prefix[0], [.. prefix.Skip(1), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            Environment = { ["LC_ALL"] = "C" },
        };
}

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace PromptPlatform.LocalServers;

/// <summary>The files of one embedded server: created once, found again by the next start.</summary>
internal sealed class PostgresFolder(string folder, PostgresBinaries binaries, ServerAccount? account)
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string home = Path.GetFullPath(folder);

    public string Data => Path.Combine(home, "data");

    public string Password => File.ReadAllText(PasswordFile).Trim();

    private string PasswordFile => Path.Combine(home, "password");

    private string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Makes a cluster where there is none. A first start that was killed half way begins anew.</summary>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        var versionFile = Path.Combine(Data, "PG_VERSION");
        if (File.Exists(versionFile))
        {
            RequireSameVersion(await File.ReadAllTextAsync(versionFile, cancellation));
            return;
        }

        // initdb works beside the final place; the rename at the end makes "there" mean "complete".
        var draft = Path.Combine(home, "data.new");
        CreateFolder(home);
        await Launch.RunAsync(Launch.Command(null, "rm", ["-rf", "--", draft]), "removing an unfinished cluster", cancellation);
        WritePassword();
        if (account is not null)
        {
            var owner = $"{account.User}:{account.Group}";
            await Launch.RunAsync(Launch.Command(null, "chown", [owner, home, PasswordFile]), "handing over the data folder", cancellation);
        }

        await Launch.RunAsync(Launch.Command(account, binaries.Program("initdb"), InitArguments(draft), home), "creating the PostgreSQL data folder", cancellation);
        Directory.Move(draft, Data);
    }

    /// <summary>The server that an earlier process of ours left running here, or null.</summary>
    public bool HasOrphan()
    {
        if (ClaimedBy() is not { } pid || !TryGetProcess(pid, out var running))
        {
            return false;
        }

        using (running)
        {
            if (IsOurs(running))
            {
                return true;
            }
        }

        // The number was given to a stranger since; PostgreSQL would take that for a running server and refuse to start.
        File.Delete(PidFile);
        return false;
    }

    private int? ClaimedBy() =>
        File.Exists(PidFile) && int.TryParse(File.ReadLines(PidFile).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid) ? pid : null;

    private bool IsOurs(Process running) => OperatingSystem.IsLinux()
        ? File.ReadAllText($"/proc/{running.Id}/cmdline").Split('\0').Contains(Data)
        : running.ProcessName.StartsWith("postgres", StringComparison.Ordinal);

    private static bool TryGetProcess(int pid, [NotNullWhen(true)] out Process? running)
    {
        try
        {
            running = Process.GetProcessById(pid);
            return true;
        }
        catch (ArgumentException)
        {
            running = null;
            return false;
        }
    }

    /// <summary>True when the server with this process id takes connections.</summary>
    public bool IsReady(int pid)
    {
        // Line 8 of the pid file: "starting", "stopping", "ready   ".
        const int statusLine = 7;
        try
        {
            var lines = File.ReadAllLines(PidFile);
            return lines.Length > statusLine && lines[0] == pid.ToString(CultureInfo.InvariantCulture) && lines[statusLine].Trim() == "ready";
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
    }

    private IEnumerable<string> InitArguments(string draft)
    {
        const int builtinLocalesSince = 17;
        string[] locale = binaries.Major >= builtinLocalesSince
            ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            : ["--locale=C.UTF-8"];
        return ["-D", draft, "-U", "postgres", "--encoding=UTF8", .. locale, "--auth=scram-sha-256", "--pwfile=" + PasswordFile, "--no-instructions"];
    }

    private void RequireSameVersion(string version)
    {
        if (version.Trim() != binaries.Major.ToString(CultureInfo.InvariantCulture))
        {
            throw new LocalServerException(
                $"{Data} was made by PostgreSQL {version.Trim()}, but {binaries.Folder} is version {binaries.Major}: install {version.Trim()}, or dump and restore the data");
        }
    }

    private void WritePassword()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        using var writer = new StreamWriter(PasswordFile, options);
        writer.WriteLine(RandomNumberGenerator.GetHexString(32, lowercase: true));
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerFolder);
        }
    }
}

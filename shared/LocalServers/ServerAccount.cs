using System.Globalization;

namespace PromptPlatform.LocalServers;

/// <summary>The unprivileged account that a server runs under when we are root: PostgreSQL refuses root.</summary>
/// <param name="User">User id.</param>
/// <param name="Group">Group id.</param>
internal sealed record ServerAccount(string User, string Group)
{
    private const int ReadAnyFolder = 2;
    private const int OverrideAnyRight = 1;

    /// <summary>Null when we are not root and the server simply runs as ourselves.</summary>
    public static ServerAccount? Needed()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        // initdb wants an account that exists.
        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        var account = accounts.Find(fields => fields[0] == "postgres") ?? accounts.Find(fields => fields[0] == "nobody")
            ?? throw new LocalServerException("PostgreSQL does not run as root and this system has neither a user postgres nor nobody: start as an ordinary user");
        return new ServerAccount(account[2], account[3]);
    }

    /// <summary>Arguments of setpriv that change to this account, with the right to reach <paramref name="paths"/>.</summary>
    public IEnumerable<string> Options(params string[] paths)
    {
        yield return $"--reuid={User}";
        yield return $"--regid={Group}";
        yield return "--clear-groups";
        if (paths.All(IsOpenToAll))
        {
            yield break;
        }

        // A checkout below /root, say: the account keeps the one right to walk through closed folders.
        var right = HasBoundingRight(ReadAnyFolder) ? "dac_read_search"
            : HasBoundingRight(OverrideAnyRight) ? "dac_override"
            : throw new LocalServerException($"the account of PostgreSQL may not enter {string.Join(" or ", paths)}: move the checkout or open its parent folders (chmod o+x)");
        yield return $"--inh-caps=+{right}";
        yield return $"--ambient-caps=+{right}";
    }

    private static bool IsOpenToAll(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        for (var folder = Directory.GetParent(Path.GetFullPath(path)); folder is not null; folder = folder.Parent)
        {
            if (folder.Exists && !folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasBoundingRight(int bit)
    {
        var mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapBnd:", StringComparison.Ordinal))["CapBnd:".Length..].Trim();
        return (ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> bit & 1) == 1;
    }
}

using System.Runtime.CompilerServices;

namespace PromptPlatform.StandIns.Tests.ApiShape;

/// <summary>
/// The checked-in lists of official signatures, one file per package. "+ " marks what the stand-in covers, "- " what it leaves out.
/// </summary>
internal sealed class OfficialApi
{
    private const string Covers = "+ ", LeavesOut = "- ";

    private readonly string[] lines;

    private OfficialApi(string[] lines) => this.lines = lines;

    /// <summary>Everything that the packages have.</summary>
    public IEnumerable<string> Signatures => lines.Select(line => line[2..]);

    /// <summary>What is marked as covered.</summary>
    public IEnumerable<string> Covered => Marked(Covers);

    /// <summary>What is marked as left out.</summary>
    public IEnumerable<string> LeftOut => Marked(LeavesOut);

    /// <summary>Lines that have no mark.</summary>
    public IEnumerable<string> Unmarked =>
        lines.Where(line => !line.StartsWith(Covers, StringComparison.Ordinal) && !line.StartsWith(LeavesOut, StringComparison.Ordinal));

    /// <param name="files">Patterns of file names, such as Grpc.*.txt.</param>
    public static OfficialApi Read(params string[] files) => new([.. Files(files).SelectMany(File.ReadAllLines)]);

    /// <summary>Marks every line anew, in the files of the repository.</summary>
    /// <param name="ours">What the stand-in has.</param>
    /// <param name="files">Patterns of file names.</param>
    public static void Mark(IReadOnlySet<string> ours, params string[] files)
    {
        foreach (var file in Files(files))
        {
            var marked = File.ReadAllLines(file).Select(line => line[2..]).Select(line => (ours.Contains(line) ? Covers : LeavesOut) + line);
            File.WriteAllText(file, string.Concat(marked.Select(line => line + '\n')));
        }
    }

    private static IEnumerable<string> Files(string[] patterns) =>
        patterns.SelectMany(pattern => Directory.GetFiles(Folder(), pattern)).Order(StringComparer.Ordinal);

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Official");

    private IEnumerable<string> Marked(string mark) => lines.Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[2..]);
}

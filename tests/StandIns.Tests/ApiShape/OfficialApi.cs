namespace PromptPlatform.StandIns.Tests.ApiShape;

/// <summary>
/// The checked-in lists of official signatures, one file per package. "+ " marks what the stand-in covers, "- " what it leaves out.
/// </summary>
internal sealed class OfficialApi
{
    private readonly string[] lines;

    private OfficialApi(string[] lines) => this.lines = lines;

    /// <summary>Everything that the packages have.</summary>
    public IEnumerable<string> Signatures => lines.Select(line => line[2..]);

    /// <summary>What is marked as covered.</summary>
    public IEnumerable<string> Covered => lines.Where(line => line.StartsWith("+ ", StringComparison.Ordinal)).Select(line => line[2..]);

    /// <param name="files">Patterns of file names, such as Grpc.*.txt.</param>
    public static OfficialApi Read(params string[] files)
    {
        var folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "ApiShape", "Official");
        return new([.. files.SelectMany(file => Directory.GetFiles(folder, file)).Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines)]);
    }

    /// <summary>Lines that are neither marked as covered nor as left out.</summary>
    public IEnumerable<string> Malformed() => lines.Where(line => !line.StartsWith("+ ", StringComparison.Ordinal) && !line.StartsWith("- ", StringComparison.Ordinal));
}

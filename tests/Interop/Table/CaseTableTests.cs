using PromptPlatform.LocalServers;

namespace PromptPlatform.Interop.Tests.Table;

public sealed class CaseTableTests
{
    private const string Begin = "<!-- cases -->";
    private const string End = "<!-- end of cases -->";

    [Test]
    public void Readme_ListsEveryCase()
    {
        string file = Path.Combine(RepositoryFolder.Find()!, "tests", "Interop", "README.md");
        string[] lines = File.ReadAllLines(file);
        int begin = Array.IndexOf(lines, Begin) + 1;
        int end = Array.IndexOf(lines, End);
        if (Environment.GetEnvironmentVariable("PROMPTPLATFORM_WRITE_INTEROP_TABLE") == "1")
        {
            File.WriteAllLines(file, [.. lines[..begin], .. CaseTable.Lines(), .. lines[end..]]);
            return;
        }

        Assert.That(
            lines[begin..end],
            Is.EqualTo(CaseTable.Lines()),
            "the table is not that of the cases: set PROMPTPLATFORM_WRITE_INTEROP_TABLE=1 and run this test once");
    }
}

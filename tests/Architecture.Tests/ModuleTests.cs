using System.Text.RegularExpressions;

namespace PromptPlatform.Architecture.Tests;

public sealed partial class ModuleTests
{
    [TestCaseSource(typeof(SourceTree), nameof(SourceTree.Services))]
    public void Service_HasDoorAndReadme(string service)
    {
        var missing = new[] { $"services/{service}/{service}Setup.cs", $"services/{service}/README.md", $"services/{service}/PromptPlatform.{service}.csproj" }
            .Where(path => !SourceTree.Exists(path));

        Report.None(missing, "add the file; the folder's name is the service's name everywhere");
    }

    [Test]
    public void Services_DoNotReferenceEachOther()
    {
        Report.None(References("services/", "services/"), "call the other service by its contract");
    }

    [Test]
    public void Shared_KnowsNoService()
    {
        Report.None(References("shared/", "services/").Concat(References("shared/", "gateway/")), "shared parts name no noun of the product");
    }

    [Test]
    public void Product_DoesNotReferenceTests()
    {
        string[] product = ["services/", "shared/", "gateway/", "aspire/", "protos/"];

        Report.None(product.SelectMany(folder => References(folder, "tests/")), "move what both need into shared/");
    }

    [Test]
    public void Solution_ListsEveryProject()
    {
        var missing = SourceTree.Projects.Select(project => project.Path)
            .Where(path => !SourceTree.Solution.Contains(path.Replace('/', '\\'), StringComparison.Ordinal) && !SourceTree.Solution.Contains(path, StringComparison.Ordinal));

        Report.None(missing, "dotnet sln add <project>");
    }

    [Test]
    public void Tables_WithAnOrganisation_ForceRowLevelSecurity()
    {
        var open =
            from file in SourceTree.Sql
            from Match table in TableWithBody().Matches(file.Text)
            where table.Groups["body"].Value.Contains("org_id", StringComparison.Ordinal)
            let name = table.Groups["name"].Value
            where !file.Text.Contains($"ALTER TABLE {name} FORCE ROW LEVEL SECURITY", StringComparison.Ordinal)
            select $"{file.Path}: {name}";

        Report.None(open, "ENABLE and FORCE ROW LEVEL SECURITY and a policy on app.org_id in the same migration");
    }

    [Test]
    public void Migrations_AreNumbered()
    {
        var odd = SourceTree.Sql.Where(file => file.IsIn("/Storage/") && !MigrationName().IsMatch(file.Name)).Select(file => file.Path);
        var twice = SourceTree.Sql.Where(file => file.IsIn("/Storage/")).GroupBy(file => file.Path[..(file.Path.LastIndexOf('/') + 5)]).Where(group => group.Count() > 1).Select(group => group.Key);

        Report.None(odd, "name it 0001_what_it_does.sql");
        Report.None(twice, "give each migration a number of its own");
    }

    private static IEnumerable<string> References(string source, string destination) =>
        from project in SourceTree.Projects
        where project.IsIn(source)
        from Match reference in Reference().Matches(project.Text)
        let target = Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(project.Path)!, reference.Groups[1].Value)).Replace('\\', '/')
        where target.StartsWith(destination, StringComparison.Ordinal)
        select $"{project.Path}: {target}";

    [GeneratedRegex("<ProjectReference Include=\"([^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex(@"CREATE TABLE (IF NOT EXISTS )?(?<name>\w+) \((?<body>.*?)\n\)", RegexOptions.Singleline)]
    private static partial Regex TableWithBody();

    [GeneratedRegex(@"^\d{4}_[a-z0-9_]+\.sql$")]
    private static partial Regex MigrationName();
}

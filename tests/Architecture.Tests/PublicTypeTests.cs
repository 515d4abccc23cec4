using System.Text.RegularExpressions;

namespace PromptPlatform.Architecture.Tests;

/// <summary>Beside its door, a type of a service is public only when somebody outside the service names it, or a public type of the service does.</summary>
public sealed partial class PublicTypeTests
{
    [TestCaseSource(typeof(SourceTree), nameof(SourceTree.Services))]
    public void Service_ShowsNoMoreThanIsUsed(string service)
    {
        var home = $"services/{service}/";
        var open = SourceTree.CSharp.Where(file => file.IsIn(home) && file.Name != service + "Setup.cs").SelectMany(PublicTypes).ToList();
        var readers = SourceTree.CSharp.Where(file => !file.IsIn(home)).Select(file => file.Text).ToList();

        // A type that is needed needs the types in its signatures in turn.
        var needed = open.Where(type => readers.Any(text => Mentions(text, type.Name))).ToHashSet();
        while (open.RemoveAll(needed.Contains) > 0)
        {
            needed = [.. open.Where(type => needed.Any(user => Mentions(user.File.Text, type.Name)))];
        }

        Report.None(open.Select(type => $"{type.File.Path}:{type.Line}: {type.Name}"), "make it internal: nobody outside the service names it");
    }

    private static IEnumerable<(SourceFile File, int Line, string Name)> PublicTypes(SourceFile file) =>
        file.Lines
            .Select((text, index) => (File: file, Line: index + 1, Match: PublicType().Match(text)))
            .Where(line => line.Match.Success)
            .Select(line => (line.File, line.Line, line.Match.Groups["name"].Value))
            .Where(type => type.Value != "Program")
            .Select(type => (type.File, type.Line, Name: type.Value));

    private static bool Mentions(string text, string name) => Regex.IsMatch(text, $@"\b{name}\b");

    [GeneratedRegex(@"^public (static |sealed |abstract |readonly |partial )*(class|record struct|record|struct|interface|enum) (?<name>\w+)")]
    private static partial Regex PublicType();
}

using System.Text.RegularExpressions;

namespace PromptPlatform.Architecture.Tests;

public sealed partial class FileShapeTests
{
    private const int LongestFile = 300;
    private const int LongestProgram = 25;

    [Test]
    public void Files_StayUnder300Lines()
    {
        var longFiles = SourceTree.CSharp.Where(file => file.Lines.Count >= LongestFile).Select(file => $"{file.Path}:{file.Lines.Count}");

        Report.None(longFiles, "look for the second noun in the file");
    }

    [Test]
    public void Program_IsATableOfContents()
    {
        var longPrograms = SourceTree.CSharp
            .Where(file => file.Name == "Program.cs" && file.Lines.Count >= LongestProgram)
            .Select(file => $"{file.Path}:{file.Lines.Count}");

        Report.None(longPrograms, $"under {LongestProgram} lines; move the steps behind the doors that it lists");
    }

    [Test]
    public void Namespace_IsTheFolder()
    {
        var strangers = SourceTree.CSharp
            .Where(file => !file.IsIn("shared/StandIns/"))
            .Select(file => (file.Path, Declared: Declared(file), Expected: Expected(file)))
            .Where(file => file.Declared is not null && file.Declared != file.Expected)
            .Select(file => $"{file.Path}:1: namespace {file.Declared}, expected {file.Expected}");

        Report.None(strangers, "move the file or rename the namespace");
    }

    private static string? Declared(SourceFile file) =>
        file.Lines.Select(line => NamespaceLine().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value;

    // The project's root namespace, then the folders below the project.
    private static string Expected(SourceFile file)
    {
        var project = SourceTree.Projects.Where(candidate => file.IsIn(Folder(candidate))).MaxBy(candidate => candidate.Path.Length)
            ?? throw new InvalidOperationException($"{file.Path} belongs to no project");
        var below = file.Path[Folder(project).Length..].Split('/')[..^1];
        var root = RootNamespace().Match(project.Text) is { Success: true } named ? named.Groups[1].Value : Path.GetFileNameWithoutExtension(project.Name);
        return string.Join('.', below.Prepend(root));
    }

    private static string Folder(SourceFile project) => project.Path[..(project.Path.LastIndexOf('/') + 1)];

    [GeneratedRegex("<RootNamespace>(.+)</RootNamespace>")]
    private static partial Regex RootNamespace();

    [GeneratedRegex(@"^namespace ([\w.]+);")]
    private static partial Regex NamespaceLine();
}

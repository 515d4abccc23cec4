using PromptPlatform.LocalServers;

namespace PromptPlatform.Architecture.Tests;

/// <summary>The repository's own text files: what was built or installed is left out.</summary>
internal static class SourceTree
{
    private static readonly string[] Skipped = ["bin", "obj", "node_modules", "TestResults", "artifacts", "__pycache__", "work"];
    private static readonly string Root = RepositoryFolder.Find()!;

    public static IReadOnlyList<SourceFile> CSharp { get; } = Read("*.cs");

    public static IReadOnlyList<SourceFile> Projects { get; } = Read("*.csproj");

    public static IReadOnlyList<SourceFile> Sql { get; } = Read("*.sql");

    public static string Solution => File.ReadAllText(Path.Combine(Root, "PromptPlatform.sln"));

    /// <summary>Names of the folders in services/ that hold a program.</summary>
    public static IReadOnlyList<string> Services { get; } =
        [.. CSharp.Where(file => file.Name == "Program.cs" && file.IsIn("services/")).Select(file => file.Path.Split('/')[1]).Order(StringComparer.Ordinal)];

    public static bool Exists(string path) => File.Exists(Path.Combine(Root, path));

    private static List<SourceFile> Read(string pattern) =>
        [.. Walk(Root).SelectMany(folder => Directory.EnumerateFiles(folder, pattern)).Select(Load).OrderBy(file => file.Path, StringComparer.Ordinal)];

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateDirectories(folder)
            .Where(child => !Skipped.Contains(Path.GetFileName(child)) && !Path.GetFileName(child).StartsWith('.'))
            .SelectMany(Walk)
            .Prepend(folder);

    private static SourceFile Load(string path) =>
        new(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllLines(path));
}

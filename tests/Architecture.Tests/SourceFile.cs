namespace PromptPlatform.Architecture.Tests;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">Relative to the root, with forward slashes.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record SourceFile(string Path, IReadOnlyList<string> Lines)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public string Text => string.Join('\n', Lines);

    /// <summary>True when the file lies below one of the folders, given as <c>services/</c> or, anywhere, as <c>/Storage/</c>.</summary>
    public bool IsIn(params string[] folders) => folders.Any(folder => folder.StartsWith('/')
        ? ("/" + Path).Contains(folder, StringComparison.Ordinal)
        : Path.StartsWith(folder, StringComparison.Ordinal));
}

namespace PromptPlatform.Architecture.Tests;

/// <summary>A place that breaks a rule, printed so that an editor can jump to it.</summary>
internal sealed record Offence(SourceFile File, int Line, string Text)
{
    public override string ToString() => $"{File.Path}:{Line}: {Text.Trim()}";
}

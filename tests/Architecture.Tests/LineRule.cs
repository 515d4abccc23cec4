using System.Text.RegularExpressions;

namespace PromptPlatform.Architecture.Tests;

/// <summary>A rule that one line of code can break.</summary>
/// <param name="Name">What holds.</param>
/// <param name="Cure">What to do about an offence.</param>
/// <param name="Pattern">What an offending line looks like.</param>
/// <param name="Applies">The files it speaks about.</param>
/// <param name="Sample">A line that breaks it: proof that the pattern still bites.</param>
internal sealed record LineRule(string Name, string Cure, Regex Pattern, Func<SourceFile, bool> Applies, string Sample)
{
    public IEnumerable<Offence> Check(SourceFile file) =>
        file.Lines.Select((text, index) => new Offence(file, index + 1, text)).Where(line => IsCode(line.Text) && Pattern.IsMatch(line.Text));

    public override string ToString() => Name;

    private static bool IsCode(string line) => !line.TrimStart().StartsWith("//", StringComparison.Ordinal);
}

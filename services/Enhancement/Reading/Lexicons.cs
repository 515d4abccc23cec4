using System.Collections.Frozen;
using System.Reflection;

namespace PromptPlatform.Enhancement.Reading;

/// <summary>The words that the reading looks for, by language.</summary>
internal sealed class Lexicons
{
    /// <summary>Languages that the engine writes.</summary>
    public static readonly IReadOnlyList<string> Written = ["en", "de", "es", "fr", "pt", "it", "zh", "ja"];

    readonly FrozenDictionary<string, Lexicon> byLanguage;

    Lexicons(FrozenDictionary<string, Lexicon> byLanguage, LanguageDetector detector)
    {
        this.byLanguage = byLanguage;
        Detector = detector;
    }

    /// <summary>The lexicons that ship with the product.</summary>
    public static Lexicons Shipped { get; } = Load();

    /// <summary>Tells the languages apart.</summary>
    public LanguageDetector Detector { get; }

    /// <summary>The lexicon of <paramref name="language"/>, or of names that are the same everywhere.</summary>
    public Lexicon For(string language) => byLanguage.TryGetValue(language, out var lexicon) ? lexicon : byLanguage["und"];

    static Lexicons Load()
    {
        // A pasted text may give its orders in another language than the prompt.
        var shared = Lines("any").Concat(Written.SelectMany(Lines).Where(l => l.Category == "injection")).ToList();
        var lexicons = Written.ToFrozenDictionary(l => l, l => Compile(l, [.. shared, .. Lines(l).Where(x => x.Category != "injection")]));
        return new(
            lexicons.Append(KeyValuePair.Create("und", Compile("und", shared))).ToFrozenDictionary(),
            new LanguageDetector(Lines("languages")));
    }

    static Lexicon Compile(string language, IReadOnlyList<(string Category, string[] Phrases)> lines)
    {
        var categories = lines.Select(l => l.Category).Distinct().ToList();
        return new(language, categories, PhraseAutomaton.Build(
            lines.SelectMany(l => l.Phrases.Select(p => (p, categories.IndexOf(l.Category))))));
    }

    static IEnumerable<(string Category, string[] Phrases)> Lines(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("lexicon." + name)
            ?? throw new InvalidOperationException($"The lexicon {name} is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            yield return (line[..colon], line[(colon + 2)..].Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
    }
}

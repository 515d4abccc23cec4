using System.Collections.Frozen;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>Recognises the engine's own sentences, so that an enhanced prompt is not enhanced again.</summary>
internal static class EngineForm
{
    static readonly FrozenDictionary<string, string> KeyOf = LanguagePack.All
        .SelectMany(p => p.Sentences)
        .Where(s => !s.Key.StartsWith("input.", StringComparison.Ordinal) && !s.Value.Contains("{0}", StringComparison.Ordinal))
        .GroupBy(s => s.Value, s => s.Key, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    static readonly (string Prefix, string Suffix, string Key)[] Templates =
        [.. LanguagePack.All.SelectMany(p => p.Sentences).Where(s => s.Value.Contains("{0}", StringComparison.Ordinal)).Select(s => Cut(s.Value, s.Key))];

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Openings = LanguagePack.All
        .SelectMany(p => Structure.Sections.Select(s => p.Headings[s])).Concat(Structure.Sections.Select(s => $"<{Structure.Tag(s)}>"))
        .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = KeyOf.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Keys of the pack sentences that stand on lines of their own in <paramref name="text"/>.</summary>
    public static IReadOnlyList<string> Keys(string text)
    {
        List<string>? keys = null;
        foreach (var line in text.AsSpan().EnumerateLines())
            if (KeyOfLine(line) is { } key)
                (keys ??= []).Add(key);
        return keys ?? (IReadOnlyList<string>)[];
    }

    /// <summary>Key of the pack sentence that <paramref name="line"/> is, with or without a bullet; else null.</summary>
    public static string? KeyOfLine(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        return KeyFor(line.StartsWith("- ") ? line[2..] : line);
    }

    /// <summary>Whether <paramref name="line"/> is the heading of a section that the engine writes, in any rendering and language.</summary>
    public static bool OpensSection(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        return Openings.Contains(line.StartsWith("## ") ? line[3..] : line.TrimEnd("\u00A0 :："));
    }

    static string? KeyFor(ReadOnlySpan<char> line)
    {
        if (line.Length < 4)
            return null;
        if (Lookup.TryGetValue(line, out var key))
            return key;
        foreach (var (prefix, suffix, template) in Templates)
            if (line.Length > prefix.Length + suffix.Length && line.StartsWith(prefix, StringComparison.Ordinal) && line.EndsWith(suffix, StringComparison.Ordinal) && prefix.Length + suffix.Length > 8)
                return template;
        return null;
    }

    static (string, string, string) Cut(string sentence, string key)
    {
        var first = sentence.IndexOf("{0}", StringComparison.Ordinal);
        var last = Math.Max(first, sentence.IndexOf("{1}", StringComparison.Ordinal));
        return (sentence[..first], sentence[(last + 3)..], key);
    }
}

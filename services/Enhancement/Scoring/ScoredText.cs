using PromptPlatform.Enhancement.Composition;

namespace PromptPlatform.Enhancement.Scoring;

/// <summary>A text as it is scored: the sentences of the language packs that stand in it, and everything else.</summary>
/// <param name="Core">The text without the lines of the engine and the headings that stand over them.</param>
/// <param name="Keys">Which sentences of the packs stand in it, each once.</param>
internal sealed record ScoredText(string Core, IReadOnlySet<string> Keys)
{
    /// <summary>Cuts <paramref name="text"/>; a text without such lines is all core.</summary>
    public static ScoredText Of(string text)
    {
        var lines = Lines(text);
        var keys = lines.Select(l => l.Key).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (keys.Count == 0)
            return new(text, keys);
        var kept = new System.Text.StringBuilder(text.Length);
        var open = "";
        for (var i = 0; i < lines.Count; i++)
        {
            var (start, end, key) = lines[i];
            var line = text.AsSpan(start, end - start).Trim();
            if (key is not null || open.Length > 0 && line.SequenceEqual(open))
                continue;
            if (i + 1 < lines.Count && lines[i + 1].Key is not null && EngineForm.OpensSection(line))
                open = line[0] == '<' ? $"</{line[1..]}" : open;
            else
                kept.Append(text, start, end - start);
        }
        return new(kept.ToString().TrimEnd(), keys);
    }

    static List<(int Start, int End, string? Key)> Lines(string text)
    {
        var lines = new List<(int, int, string?)>();
        for (var start = 0; start < text.Length;)
        {
            var newline = text.IndexOf('\n', start);
            var end = newline < 0 ? text.Length : newline + 1;
            lines.Add((start, end, EngineForm.KeyOfLine(text.AsSpan(start, end - start))));
            start = end;
        }
        return lines;
    }
}

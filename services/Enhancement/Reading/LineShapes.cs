namespace PromptPlatform.Enhancement.Reading;

/// <summary>How the lines of a text look.</summary>
/// <param name="Headings">Markdown headings and lines in bold.</param>
/// <param name="Labels">Short lines that end with a colon, or begin with a short label and a colon.</param>
/// <param name="ListItems">Bulleted or numbered lines.</param>
internal readonly record struct LineShapes(int Headings, int Labels, int ListItems)
{
    /// <summary>The shapes of <paramref name="text"/>.</summary>
    public static LineShapes Of(string text)
    {
        int headings = 0, labels = 0, items = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.Length < 2)
                continue;
            if (line[0] == '#' && line.TrimStart('#') is { Length: > 1 } rest && rest[0] == ' ' || line.StartsWith("**") && line.TrimEnd(':').EndsWith("**") && line.Length < 60)
                headings++;
            else if (IsItem(line))
                items++;
            else if (IsLabel(line))
                labels++;
        }
        return new(headings, labels, items);
    }

    static bool IsItem(ReadOnlySpan<char> line)
    {
        if (line[0] is '-' or '*' or '•' or '·' or '–' && line[1] == ' ' || line[0] is '・' or '•')
            return true;
        var i = 0;
        while (i < line.Length && char.IsAsciiDigit(line[i]))
            i++;
        return i is > 0 and < 4 && i + 1 < line.Length && (line[i] is '.' or ')' && line[i + 1] == ' ' || line[i] is '、' or '．');
    }

    static bool IsLabel(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOfAny(':', '：');
        if (colon is < 2 or > 30 || !char.IsLetter(line[0]))
            return false;
        var label = line[..colon];
        return WordCounter.Count(label) <= 3 && label.IndexOfAny("/.()") < 0 && (char.IsUpper(label[0]) || label[0] > '\u2E80');
    }
}

using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>The fenced blocks of a text, found line by line; a fence that is never closed reaches to the end.</summary>
internal static class FencedRanges
{
    static readonly string[] Marks = ["```", "~~~", "\"\"\""];

    /// <summary>By position, from the first character of the opening line to the end of the closing one. Linear.</summary>
    public static List<TextSpan> Of(ReadOnlySpan<char> text)
    {
        var ranges = new List<TextSpan>();
        if (text.IndexOf("```") < 0 && text.IndexOf("~~~") < 0 && text.IndexOf("\"\"\"") < 0)
            return ranges;
        var opened = -1;
        string? mark = null;
        for (var start = 0; start <= text.Length;)
        {
            var end = TextLines.End(text, start);
            var line = text[start..end].TrimStart();
            if (mark is null)
            {
                mark = MarkAt(line);
                opened = start;
                // Opened and closed on one line: no block.
                if (mark is not null && line[3..].Contains(mark, StringComparison.Ordinal))
                    mark = null;
            }
            else if (line.StartsWith(mark))
            {
                ranges.Add(new(opened, end));
                mark = null;
            }
            start = TextLines.Next(text, end);
        }
        if (mark is not null)
            ranges.Add(new(opened, text.Length));
        return ranges;
    }

    static string? MarkAt(ReadOnlySpan<char> line)
    {
        foreach (var mark in Marks)
            if (line.StartsWith(mark))
                return mark;
        return null;
    }
}

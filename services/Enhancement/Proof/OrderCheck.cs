using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>Checks what must not be rearranged: code in one piece, numbered steps in their order, and only data overtakes an instruction.</summary>
internal static class OrderCheck
{
    const int MaxSteps = 2000;

    /// <summary>Whether every fenced block of the original stands in one piece.</summary>
    public static bool KeepsCode(ParsedOutput output, Seams seams) =>
        seams.Fences.All(f => output.PlaceOf(new(TextLines.SkipWhite(seams.Text, f.Start), TextLines.TrimBack(seams.Text, f.End))) >= 0);

    /// <summary>Whether every locked range stands in one piece, with the white space at its ends.</summary>
    public static bool KeepsLocked(ParsedOutput output, ReadOnlySpan<char> original, ReadOnlySpan<char> enhanced, IReadOnlyList<TextSpan> locked)
    {
        foreach (var range in locked)
        {
            var start = Math.Min(TextLines.SkipWhite(original, range.Start), range.End);
            var end = Math.Max(TextLines.TrimBack(original, range.End), start);
            var kept = false;
            foreach (var item in output.Items)
                kept |= item.Segment is { } segment && segment.Original.Start <= start && (end <= segment.Original.End || start == end)
                    && Same(original[range.Start..range.End], enhanced, segment.At + range.Start - segment.Original.Start);
            if (!kept)
                return false;
        }
        return true;
    }

    static bool Same(ReadOnlySpan<char> words, ReadOnlySpan<char> text, int at) =>
        at >= 0 && at + words.Length <= text.Length && text.Slice(at, words.Length).SequenceEqual(words);

    /// <summary>Whether what was moved to the front is longer than what it overtook, no section was overtaken, and no list was torn.</summary>
    public static bool KeepsSteps(ParsedOutput output, ReadOnlySpan<char> original)
    {
        if (!output.IsMoved)
            return true;
        if (output.Back - output.Front < output.Front || HasHeading(original[..output.Front]))
            return false;
        // A list goes on where the number goes up by one.
        var (last, place) = (-2, -1);
        var steps = 0;
        for (var start = 0; start <= original.Length && steps < MaxSteps; start = TextLines.Next(original, TextLines.End(original, start)))
        {
            var number = NumberAt(original, TextLines.SkipWhite(original, start));
            if (number < 0)
                continue;
            steps++;
            var now = output.PlaceOf(new(TextLines.SkipWhite(original, start), TextLines.SkipWhite(original, start) + 1));
            if (number == last + 1 && now < place)
                return false;
            (last, place) = (number, now);
        }
        return true;
    }

    // Who writes sections has decided on their order.
    static bool HasHeading(ReadOnlySpan<char> text) => text.StartsWith("#") || text.IndexOf("\n#") >= 0;

    // "3." or "3)" at the start of a line.
    static int NumberAt(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        var number = 0;
        while (end < text.Length && end - at < 4 && char.IsAsciiDigit(text[end]))
            number = number * 10 + text[end++] - '0';
        return end > at && end + 1 < text.Length && text[end] is '.' or ')' && char.IsWhiteSpace(text[end + 1]) ? number : -1;
    }
}

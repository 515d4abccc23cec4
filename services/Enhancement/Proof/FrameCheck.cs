namespace PromptPlatform.Enhancement.Proof;

/// <summary>Checks how the engine's lines stand around the user's words: tags and fences closed, each heading with something under it, nothing said twice, no data that breaks out of its marks.</summary>
internal static class FrameCheck
{
    /// <summary>Whether the frame of <paramref name="output"/> is sound.</summary>
    public static bool IsSound(ParsedOutput output, ReadOnlySpan<char> original)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        string? open = null;
        var inside = 0;
        var named = false;
        foreach (var (segment, line) in output.Items)
        {
            if (segment is { } words)
            {
                if (named || open is not null && (++inside > 1 || Breaks(open, original[words.Original.Start..words.Original.End])))
                    return false;
                continue;
            }
            switch (line.Role)
            {
                case PackRole.Sentence when said.Add(line.Key):
                    inside++;
                    named = false;
                    break;
                case PackRole.Heading when open is null && !named && said.Add("# " + line.Key):
                    named = true;
                    break;
                case PackRole.Open when open is null && !named && said.Add("# " + line.Key):
                case PackRole.Fence when open is null:
                    (open, inside, named) = (line.Key, 0, false);
                    break;
                case PackRole.Close or PackRole.Fence when open == line.Key && inside > 0:
                    open = null;
                    break;
                default:
                    return false;
            }
        }
        return open is null && !named;
    }

    // The mark that closes must not stand in what it encloses.
    static bool Breaks(string open, ReadOnlySpan<char> words) =>
        open is "```" or "\"\"\"" ? words.Contains(open, StringComparison.Ordinal) : words.Contains($"</{open}>", StringComparison.Ordinal);
}

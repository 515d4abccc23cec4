namespace PromptPlatform.Enhancement.Proof;

/// <summary>A text by lines; a line ends at "\n" or "\r\n" and nowhere else, as the composer writes it.</summary>
internal static class TextLines
{
    /// <summary>Where the line that begins at <paramref name="start"/> ends, without its line break.</summary>
    public static int End(ReadOnlySpan<char> text, int start)
    {
        var feed = text[start..].IndexOf('\n');
        if (feed < 0)
            return text.Length;
        var end = start + feed;
        return end > start && text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>Where the line after the one that ends at <paramref name="end"/> begins; beyond the text there is none.</summary>
    public static int Next(ReadOnlySpan<char> text, int end) =>
        end >= text.Length ? text.Length + 1 : text[end] == '\r' ? end + 2 : end + 1;

    /// <summary>Where the line that holds <paramref name="at"/> begins.</summary>
    public static int Start(ReadOnlySpan<char> text, int at) => text[..at].LastIndexOf('\n') + 1;

    /// <summary>The first character from <paramref name="at"/> on that is no white space, or the end.</summary>
    public static int SkipWhite(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }

    /// <summary>The end of what stands before <paramref name="at"/>, without white space.</summary>
    public static int TrimBack(ReadOnlySpan<char> text, int at)
    {
        while (at > 0 && char.IsWhiteSpace(text[at - 1]))
            at--;
        return at;
    }
}

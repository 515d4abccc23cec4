namespace PromptPlatform.Enhancement.Reading;

/// <summary>Finds placeholders of common template syntaxes: {{x}}, {x}, ${x}, {%x%}, &lt;&lt;x&gt;&gt;, [X_Y] and %s.</summary>
internal static class PlaceholderScanner
{
    const int MaxLength = 80;

    /// <summary>Adds what stands in <paramref name="text"/>.</summary>
    public static void Scan(string text, List<PromptEntity> found)
    {
        for (var i = 0; i < text.Length - 1; i++)
        {
            var end = text[i] switch
            {
                '{' when text[i + 1] == '{' => Closed(text, i, 2, "}}"),
                '{' when text[i + 1] == '%' => Closed(text, i, 2, "%}"),
                '{' => Name(text, i + 1, '}'),
                '$' when text[i + 1] == '{' => Name(text, i + 2, '}'),
                '<' when text[i + 1] == '<' => Closed(text, i, 2, ">>"),
                '[' => Upper(text, i + 1),
                '%' when text[i + 1] is 's' or 'd' && (i + 2 == text.Length || !char.IsLetterOrDigit(text[i + 2])) => i + 2,
                _ => -1,
            };
            if (end < 0)
                continue;
            found.Add(new("placeholder", new(i, end)));
            i = end - 1;
        }
    }

    static int Closed(string text, int start, int open, string close)
    {
        var length = Math.Min(text.Length - start - open, MaxLength);
        var at = length <= 0 ? -1 : text.AsSpan(start + open, length).IndexOf(close);
        return at <= 0 || text.AsSpan(start, at).IndexOf('\n') >= 0 ? -1 : start + open + at + close.Length;
    }

    static int Name(string text, int at, char close)
    {
        var start = at;
        while (at < text.Length && at - start < MaxLength && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' or '.'))
            at++;
        return at > start && char.IsLetter(text[start]) && at < text.Length && text[at] == close ? at + 1 : -1;
    }

    static int Upper(string text, int at)
    {
        var start = at;
        while (at < text.Length && at - start < MaxLength && (char.IsUpper(text[at]) || text[at] is '_' or ' ' or '-'))
            at++;
        return at - start > 2 && at < text.Length && text[at] == ']' ? at + 1 : -1;
    }
}

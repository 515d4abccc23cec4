namespace PromptPlatform.Enhancement.Reading;

/// <summary>Finds code and other blocks that the user delimited.</summary>
internal static class CodeScanner
{
    /// <summary>A delimited block; <paramref name="Tag"/> is the fence, the quotes or the name of the XML tag.</summary>
    internal readonly record struct Block(TextSpan Span, string Tag, bool IsCode)
    {
        /// <summary>Whether it stands between XML tags.</summary>
        public bool IsTagged => char.IsLetter(Tag[0]);
    }

    const int MaxBlocks = 100;
    const int MaxQuote = 8000;
    const int FewestQuotedWords = 4;

    /// <summary>Fenced, triple-quoted, ruled, quoted and XML-tagged blocks that begin at the start of a line, by position, not overlapping.</summary>
    public static IReadOnlyList<Block> Blocks(string text)
    {
        var blocks = new List<Block>();
        var unclosed = new HashSet<string>(StringComparer.Ordinal);
        var rules = RuleLines(text);
        for (var line = 0; line < text.Length && blocks.Count < MaxBlocks; line = NextLine(text, line))
        {
            var start = SkipSpaces(text, line);
            var block = Fence(text, start, "```", true) ?? Fence(text, start, "~~~", true) ?? Fence(text, start, "\"\"\"", false) ?? Tagged(text, start, unclosed)
                ?? Ruled(text, start, rules) ?? Quoted(text, start);
            if (block is null)
                continue;
            blocks.Add(block.Value);
            line = block.Value.Span.End - 1;
        }
        return blocks;
    }

    /// <summary>Inline code between single backticks, outside <paramref name="blocks"/>.</summary>
    public static IEnumerable<TextSpan> Inline(string text, IReadOnlyList<Block> blocks)
    {
        for (var i = text.IndexOf('`'); i >= 0 && i + 1 < text.Length; i = i + 1 < text.Length ? text.IndexOf('`', i + 1) : -1)
        {
            if (Inside(blocks, i))
                continue;
            var end = text.IndexOf('`', i + 1);
            if (end < 0)
                yield break;
            if (end > i + 1 && text.AsSpan(i, end - i).IndexOf('\n') < 0)
                yield return new(i, end + 1);
            i = end;
        }
    }

    static bool Inside(IReadOnlyList<Block> blocks, int at) => blocks.Any(b => b.Span.Start <= at && at < b.Span.End);

    // An open fence reaches to the end of the text.
    static Block? Fence(string text, int start, string mark, bool isCode)
    {
        if (string.CompareOrdinal(text, start, mark, 0, 3) != 0)
            return null;
        for (var line = NextLine(text, start); line < text.Length; line = NextLine(text, line))
            if (string.CompareOrdinal(text, SkipSpaces(text, line), mark, 0, 3) == 0)
                return new(new(start, SkipSpaces(text, line) + 3), mark, isCode);
        var sameLine = text.IndexOf(mark, start + 3, StringComparison.Ordinal);
        return sameLine > 0 ? new(new(start, sameLine + 3), mark, isCode) : new(new(start, text.Length), mark, isCode);
    }

    // A tag without an end is looked for once, not from each line that repeats it.
    static Block? Tagged(string text, int start, HashSet<string> unclosed)
    {
        if (start + 2 >= text.Length || text[start] != '<' || !char.IsLetter(text[start + 1]))
            return null;
        var end = start + 1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-'))
            end++;
        if (end >= text.Length || text[end] is not ('>' or ' ') || end - start > 40)
            return null;
        var name = text[(start + 1)..end];
        var close = unclosed.Contains(name) ? -1 : text.IndexOf($"</{name}>", end, StringComparison.Ordinal);
        if (close < 0)
            unclosed.Add(name);
        return close < 0 ? null : new(new(start, close + name.Length + 3), name, false);
    }

    // "---" or "=====" above and below: only where there are exactly two, since one may part chapters and many make a table.
    static Block? Ruled(string text, int start, List<TextSpan> rules)
    {
        var at = rules.FindIndex(r => r.Start == start);
        if (at < 0)
            return null;
        var mark = rules[at].Of(text);
        var same = rules.Where(r => r.Of(text) == mark).ToList();
        return same.Count == 2 && same[0].Start == start && same[1].Start > same[0].End + 1 ? new(new(start, same[1].End), mark, false) : null;
    }

    static List<TextSpan> RuleLines(string text)
    {
        var rules = new List<TextSpan>();
        for (var line = 0; line < text.Length && rules.Count < MaxBlocks; line = NextLine(text, line))
        {
            var start = SkipSpaces(text, line);
            var end = start;
            while (end < text.Length && text[end] == text[start] && text[end] is '-' or '=' or '*' or '_' or '\'' or '#' or '+')
                end++;
            if (end - start >= 3 && SkipSpaces(text, end) is var next && (next == text.Length || text[next] is '\n' or '\r'))
                rules.Add(new(start, end));
        }
        return rules;
    }

    // A quotation that fills its lines is a text to work on.
    static Block? Quoted(string text, int start)
    {
        var close = start >= text.Length ? null : text[start] switch { '"' => "\"", '“' => "”", '„' => "“”", '«' => "»", '「' => "」", '『' => "』", _ => null };
        if (close is null)
            return null;
        for (var end = start + 1; end < text.Length && end - start < MaxQuote; end++)
        {
            if (!close.Contains(text[end]))
                continue;
            var after = SkipSpaces(text, end + 1);
            if (after < text.Length && text[after] is not ('\n' or '\r'))
                return null;
            return WordCounter.Count(text.AsSpan(start, end - start)) >= FewestQuotedWords ? new(new(start, end + 1), "\"", false) : null;
        }
        return null;
    }

    internal static int NextLine(string text, int from)
    {
        var newline = text.IndexOf('\n', from);
        return newline < 0 ? text.Length : newline + 1;
    }

    internal static int SkipSpaces(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
        return at;
    }
}

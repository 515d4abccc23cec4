using System.Buffers;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>Finds what stands between marks: placeholders of common template syntaxes, quotations and code in backticks.</summary>
internal static class MarkScanner
{
    const int LongestPlaceholder = 100;
    const int LongestQuote = 500;

    /// <summary>The characters that open something.</summary>
    public static readonly SearchValues<char> Signs = SearchValues.Create("{[<%$`\"“„«»「『");

    // A longer mark before the shorter one that begins it.
    static readonly (string Open, string Close)[] Templates =
        [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<%", "%>"), ("<<", ">>"), ("[[", "]]"), ("${", "}"), ("%(", ")s"), ("{", "}"), ("[", "]")];

    static readonly (char Open, string Close)[] Quotes = [('"', "\""), ('“', "”"), ('„', "“”"), ('«', "»"), ('»', "«"), ('「', "」"), ('『', "』")];

    /// <summary>Adds what stands in the line <paramref name="start"/> to <paramref name="end"/>.</summary>
    public static void Line(string text, int start, int end, List<Value> into)
    {
        var line = text.AsSpan(start..end);
        for (var at = line.IndexOfAny(Signs); at >= 0;)
        {
            var (kind, length) = At(line, at);
            if (length > 0)
                into.Add(new(kind, start + at, start + at + length));
            if (length > 0 && kind == ValueKind.Quote)
                Inside(line, at + 1, at + length - 1, start, into);
            var from = at + Math.Max(length, 1);
            var next = line[from..].IndexOfAny(Signs);
            at = next < 0 ? -1 : from + next;
        }
    }

    // A quotation may hold placeholders.
    static void Inside(ReadOnlySpan<char> line, int from, int to, int offset, List<Value> into)
    {
        for (var at = from; at < to; at++)
            if (Template(line[..to], at) is > 0 and var length)
            {
                into.Add(new(ValueKind.Placeholder, offset + at, offset + at + length));
                at += length - 1;
            }
    }

    static (ValueKind Kind, int Length) At(ReadOnlySpan<char> line, int at)
    {
        if (line[at] == '`')
        {
            var close = line[(at + 1)..].IndexOf('`');
            return (ValueKind.Code, close > 0 ? close + 2 : 0);
        }
        foreach (var (open, closes) in Quotes)
            if (line[at] == open)
            {
                var close = line.Slice(at + 1, Math.Min(LongestQuote, line.Length - at - 1)).IndexOfAny(closes);
                return (ValueKind.Quote, close > 0 && !(open == '"' && at > 0 && char.IsLetterOrDigit(line[at - 1])) ? close + 2 : 0);
            }
        return (ValueKind.Placeholder, Template(line, at));
    }

    static int Template(ReadOnlySpan<char> line, int at)
    {
        if (line[at] == '%' && at + 1 < line.Length && line[at + 1] is 's' or 'd' or 'f' && (at + 2 == line.Length || !char.IsLetterOrDigit(line[at + 2])))
            return 2;
        foreach (var (open, close) in Templates)
        {
            if (!line[at..].StartsWith(open, StringComparison.Ordinal))
                continue;
            var inner = line.Slice(at + open.Length, Math.Min(LongestPlaceholder, line.Length - at - open.Length));
            var length = inner.IndexOf(close, StringComparison.Ordinal);
            return length > 0 && (open.Length > 1 || IsName(inner[..length], open[0] == '[')) ? open.Length + length + close.Length : 0;
        }
        return 0;
    }

    // {name}, {0}, [YOUR NAME]; not {a: 1} and not [see below].
    static bool IsName(ReadOnlySpan<char> inner, bool upper)
    {
        foreach (var c in inner)
            if (!(char.IsLetterOrDigit(c) || c is '_' or '-' or '.' || upper && c == ' ') || upper && char.IsLower(c))
                return false;
        return !upper || inner.Length > 2;
    }
}

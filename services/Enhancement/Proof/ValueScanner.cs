using System.Runtime.InteropServices;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>Finds what must survive, line by line and word by word. Shares nothing with the reader, so that what the reader overlooks is still proven.</summary>
/// <remarks>Generous: what could be an identifier is one. Linear in the text.</remarks>
internal static class ValueScanner
{
    const int LongestUnit = 20;

    /// <summary>Adds the values of the line <paramref name="start"/> to <paramref name="end"/>.</summary>
    public static void Line(string text, int start, int end, Negations negations, List<Value> into)
    {
        var begun = into.Count;
        var marked = text.AsSpan(start..end).ContainsAny(MarkScanner.Signs);
        if (marked)
            MarkScanner.Line(text, start, end, into);
        for (var at = start; at < end;)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
                continue;
            }
            if (IsWide(c))
            {
                if (negations.At(text.AsSpan(at..end)) is > 0 and var length)
                    into.Add(new(ValueKind.Negation, at, at + length));
                at++;
                continue;
            }
            var stop = at + 1;
            while (stop < end && !char.IsWhiteSpace(text[stop]) && !IsWide(text[stop]))
                stop++;
            Word(text, at, stop, end, negations, into);
            at = stop;
        }
        if (marked)
            CollectionsMarshal.AsSpan(into)[begun..].Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Kind.CompareTo(b.Kind));
    }

    // Scripts that run on without spaces, and their punctuation.
    static bool IsWide(char c) => c is >= '\u2E80' and < '\uA000' or >= '\uFF00' and < '\uFFF0';

    static void Word(string text, int start, int end, int lineEnd, Negations negations, List<Value> into)
    {
        while (start < end && !IsEdge(text[start], true))
            start++;
        while (end > start && !IsEdge(text[end - 1], false))
            end--;
        if (start == end)
            return;
        var word = text.AsSpan(start..end);
        switch (WordShape.Of(word))
        {
            case WordShape.Plain:
                if (negations.Contains(word))
                    into.Add(new(ValueKind.Negation, start, end));
                break;
            case WordShape.Url:
                into.Add(new(ValueKind.Url, start, end));
                break;
            case WordShape.Name:
                into.Add(new(ValueKind.Identifier, start, end));
                break;
            case WordShape.Number:
                into.Add(new(ValueKind.Number, start, UnitEnd(text, end, lineEnd)));
                break;
        }
    }

    static bool IsEdge(char c, bool first) =>
        char.IsLetterOrDigit(c) || c is '_' or '$' or '€' or '£' or '%' or '°' || (first ? c is '#' or '@' or '/' or '\\' or '~' or '.' or '-' or '+' : c is '/' or '+' or '#' || char.IsSurrogate(c));

    // A number goes with the word after it: "3 servers", "20 %", "3台".
    static int UnitEnd(string text, int end, int lineEnd)
    {
        var at = end < lineEnd && text[end] is ' ' or '\u00A0' or '\u202F' ? end + 1 : end;
        if (at == end)
            return end < lineEnd && IsWide(text[end]) && char.IsLetter(text[end]) ? end + 1 : end;
        var stop = at;
        while (stop < lineEnd && stop - at < LongestUnit && (char.IsLetter(text[stop]) || text[stop] is '%' or '°' or '€' or '$' or '£' or '/'))
            stop++;
        return stop > at ? stop : end;
    }
}

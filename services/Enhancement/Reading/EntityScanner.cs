namespace PromptPlatform.Enhancement.Reading;

/// <summary>Finds what has a name of its own: addresses, paths, identifiers, numbers, quotes, placeholders, code.</summary>
internal static class EntityScanner
{
    /// <summary>Most entities that are reported.</summary>
    public const int MaxEntities = 200;

    static readonly HashSet<string> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        "km", "m", "cm", "mm", "kg", "g", "mg", "l", "ml", "km/h", "mph", "ms", "s", "min", "h", "kb", "mb", "gb", "tb", "px", "usd", "eur", "percent", "%",
        "€", "$", "£", "°c", "°f", "days", "hours", "minutes", "weeks", "months", "years", "miles", "people", "tage", "stunden", "wochen", "monate", "jahre",
        "días", "horas", "semanas", "meses", "años", "jours", "heures", "semaines", "mois", "ans", "dias", "anos", "giorni", "ore", "settimane", "mesi", "anni", "euro", "euros", "dollars",
    };

    /// <summary>The entities of <paramref name="text"/> by position, without those of a lexicon.</summary>
    public static List<PromptEntity> Scan(string text, IReadOnlyList<CodeScanner.Block> blocks)
    {
        var found = new List<PromptEntity>();
        foreach (var block in blocks)
            if (block.IsCode)
                found.Add(new("code", block.Span));
        foreach (var span in CodeScanner.Inline(text, blocks))
            found.Add(new("code", span));
        PlaceholderScanner.Scan(text, found);
        QuoteScanner.Scan(text, found);
        Tokens(text, found);
        found.Sort((a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : b.Span.End.CompareTo(a.Span.End));
        return found;
    }

    static void Tokens(string text, List<PromptEntity> found)
    {
        var taken = found.Where(f => f.Kind is "code" or "placeholder").Select(f => f.Span).OrderBy(s => s.Start).ToList();
        var next = 0;
        for (var i = 0; i < text.Length && found.Count < MaxEntities * 2;)
        {
            while (next < taken.Count && taken[next].End <= i)
                next++;
            if (next < taken.Count && taken[next].Start <= i)
            {
                i = taken[next].End;
                continue;
            }
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }
            var limit = next < taken.Count ? taken[next].Start : text.Length;
            var end = i;
            while (end < limit && !char.IsWhiteSpace(text[end]) && !IsWide(text[end]))
                end++;
            if (end == i)
            {
                i++;
                continue;
            }
            Token(text, Trim(text, i, end), found);
            i = end;
        }
    }

    // Chinese and Japanese text runs on without spaces: it is no part of a token.
    static bool IsWide(char c) => c is >= '\u2E80' and <= '\uFFEF' and not (>= '\uD800' and <= '\uDFFF');

    static TextSpan Trim(string text, int start, int end)
    {
        while (start < end && text[start] is '(' or '[' or '"' or '\'' or '“' or '„' or '«' or '‘' or '<' or '{' or '*')
            start++;
        while (end > start && text[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or ')' or ']' or '"' or '\'' or '”' or '»' or '’' or '>' or '}' or '…' or '*')
        {
            if (text[end - 1] == ')' && end - start > 2 && text[end - 2] == '(')
                break;
            end--;
        }
        return new(start, end);
    }

    static void Token(string text, TextSpan span, List<PromptEntity> found)
    {
        if (span.Length == 0)
            return;
        var token = text.AsSpan(span.Start, span.Length);
        if (token.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || token.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || token.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            found.Add(new("url", span));
        else if (IsEmail(token))
            found.Add(new("email", span));
        else if (IsPath(token))
            found.Add(new("path", span));
        else if (IsIdentifier(token))
            found.Add(new("identifier", span));
        else if (token.IndexOfAnyInRange('0', '9') >= 0)
            Number(text, span, found);
    }

    internal static bool IsEmail(ReadOnlySpan<char> token)
    {
        var at = token.IndexOf('@');
        return at > 0 && token[(at + 1)..].IndexOf('@') < 0 && token[(at + 1)..].IndexOf('.') > 0 && token[^1] != '.' && char.IsLetterOrDigit(token[^1]);
    }

    static bool IsPath(ReadOnlySpan<char> token)
    {
        if (token.Length < 3 || token.IndexOfAny('/', '\\') < 0)
            return false;
        return token.StartsWith("./") || token.StartsWith("../") || token.StartsWith("~/") || (token[0] == '/' && char.IsLetter(token[1]))
            || (token.Length > 3 && token[1] == ':' && token[2] == '\\')
            || (token.IndexOf('/') > 0 && token.LastIndexOf('.') > token.LastIndexOf('/') && char.IsLetter(token[^1]));
    }

    static bool IsIdentifier(ReadOnlySpan<char> token)
    {
        if (!char.IsLetter(token[0]) && token[0] is not ('_' or '@' or '$' or '#'))
            return false;
        if (token.EndsWith("()") || (token.IndexOf('_') >= 0 && token.Length > 2 && token.IndexOfAnyExcept('_') >= 0))
            return true;
        for (var i = 1; i < token.Length; i++)
            if (char.IsUpper(token[i]) && char.IsLower(token[i - 1]) || token[i] == '.' && i + 1 < token.Length && i > 1 && char.IsAsciiLetter(token[i + 1]) && char.IsAsciiLetter(token[i - 1]))
                return true;
        return false;
    }

    static void Number(string text, TextSpan span, List<PromptEntity> found)
    {
        var end = span.End;
        var unit = end;
        if (unit + 1 < text.Length && text[unit] == ' ')
        {
            var stop = unit + 1;
            while (stop < text.Length && !char.IsWhiteSpace(text[stop]) && text[stop] is not ('.' or ',' or ')' or '?' or '!' or ';'))
                stop++;
            if (stop - unit - 1 is > 0 and < 10 && Units.Contains(text[(unit + 1)..stop]))
                end = stop;
        }
        found.Add(new("number", new(span.Start, end)));
    }
}

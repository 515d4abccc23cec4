namespace PromptPlatform.Enhancement.Proof;

/// <summary>The lines of an output that are the engine's: those of the language pack that the user did not write.</summary>
internal sealed class OwnLines
{
    readonly string enhanced;
    readonly List<(int Start, int End)> lines = [];
    int next;

    OwnLines(string enhanced) => this.enhanced = enhanced;

    /// <summary>Found by the grammar alone, not by the parse.</summary>
    public static OwnLines Of(string original, string enhanced, PackGrammar grammar)
    {
        var own = new OwnLines(enhanced);
        var usersOwn = Count(original, grammar, original);
        for (var start = 0; start <= enhanced.Length;)
        {
            var end = TextLines.End(enhanced, start);
            var line = enhanced.AsSpan(start..end);
            if (grammar.Read(line, original).Role != PackRole.None && !Taken(usersOwn, line))
                own.lines.Add((start, end));
            start = TextLines.Next(enhanced, end);
        }
        return own;
    }

    /// <summary>Whether the line is the engine's. To be asked line by line, in order.</summary>
    public bool Contains(int start, int end)
    {
        while (next < lines.Count && lines[next].Start < start)
            next++;
        return next < lines.Count && lines[next] == (start, end);
    }

    /// <summary>Whether a blank of the engine bears the name of one of the user's, which would fill both with the same.</summary>
    public bool NamesPlaceholderOf(string original, List<Value> values)
    {
        foreach (var (start, end) in lines)
        {
            var open = enhanced.AsSpan(start..end).IndexOf("{{");
            if (open < 0)
                continue;
            var name = enhanced.AsSpan(start + open, end - start - open);
            foreach (var value in values)
                if (value.Kind == ValueKind.Placeholder && name.StartsWith(original.AsSpan(value.Start..value.End), StringComparison.Ordinal))
                    return true;
        }
        return false;
    }

    static Dictionary<string, int>? Count(string text, PackGrammar grammar, string original)
    {
        Dictionary<string, int>? count = null;
        for (var start = 0; start <= text.Length;)
        {
            var end = TextLines.End(text, start);
            var line = text.AsSpan(start..end);
            if (grammar.Read(line, original).Role != PackRole.None)
            {
                count ??= new(StringComparer.Ordinal);
                var said = line.TrimEnd().ToString();
                count[said] = count.GetValueOrDefault(said) + 1;
            }
            start = TextLines.Next(text, end);
        }
        return count;
    }

    static bool Taken(Dictionary<string, int>? usersOwn, ReadOnlySpan<char> line)
    {
        if (usersOwn is null)
            return false;
        var said = line.TrimEnd().ToString();
        if (usersOwn.GetValueOrDefault(said) == 0)
            return false;
        usersOwn[said]--;
        return true;
    }
}

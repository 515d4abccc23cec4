namespace PromptPlatform.Enhancement.Reading;

/// <summary>Tells code without a fence from prose.</summary>
internal static class CodeLines
{
    static readonly System.Buffers.SearchValues<char> Punctuation = System.Buffers.SearchValues.Create("(){}=;:\"'./");

    static readonly string[] Starts =
    [
        "def ", "class ", "import ", "from ", "function ", "const ", "let ", "var ", "public ", "private ", "static ", "if (", "if(", "for (", "for(", "while ", "return ",
        "SELECT ", "INSERT ", "UPDATE ", "#include", "using ", "package ", "func ", "fn ", "struct ", "Traceback", "  File \"", "at ", "<div", "<html", "<?php", "//", "/*", "console.", "print(", "System.",
    ];

    /// <summary>Whether most lines of <paramref name="text"/> look like code.</summary>
    public static bool LooksLikeCode(string text)
    {
        int lines = 0, code = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.IsEmpty)
                continue;
            lines++;
            if (IsCode(raw, line))
                code++;
        }
        return lines > 0 && code * 2 >= lines && (lines > 1 || code == 1 && text.AsSpan().IndexOfAny("{}=;") >= 0 && text.AsSpan().IndexOfAny("()") >= 0);
    }

    static bool IsCode(ReadOnlySpan<char> raw, ReadOnlySpan<char> line)
    {
        if (line[^1] is ';' or '{' or '}' || line.EndsWith("):") || line.EndsWith("=>") || line.EndsWith("</"))
            return true;
        if (line.Contains(" == ", StringComparison.Ordinal) || line.Contains(" = ", StringComparison.Ordinal) || line.Contains("=>", StringComparison.Ordinal) || line.Contains("->", StringComparison.Ordinal) || line.Contains("!=", StringComparison.Ordinal) || line.Contains(" += ", StringComparison.Ordinal))
            return true;
        foreach (var start in Starts)
            if (line.StartsWith(start, StringComparison.Ordinal) && (char.IsUpper(start[0]) || line.ContainsAny(Punctuation)))
                return true;
        // An indented call or return inside a block.
        return raw.StartsWith("    ") && line.IndexOfAny("()=.") >= 0;
    }
}

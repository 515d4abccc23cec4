namespace PromptPlatform.Enhancement.Proof;

/// <summary>Tells by its characters what a word is.</summary>
internal static class WordShape
{
    public const int Plain = 0;
    public const int Url = 1;
    public const int Name = 2;
    public const int Number = 3;

    /// <summary>The shape of <paramref name="word"/>: a plain word, an address, a name (identifier, path, e-mail), or a number.</summary>
    public static int Of(ReadOnlySpan<char> word)
    {
        int digits = 0, letters = 0, slashes = 0;
        bool hump = false, joined = false, at = false;
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (char.IsDigit(c))
                digits++;
            else if (char.IsLetter(c))
            {
                letters++;
                hump |= i > 0 && char.IsUpper(c) && char.IsLower(word[i - 1]);
            }
            else if (c is '/' or '\\')
                slashes++;
            else if (c == '@')
                at |= i > 0;
            else if (c == '_' || c is '.' or ':' or '-' or '>' && i > 0 && i + 1 < word.Length && IsJoint(word, i))
                joined = true;
        }
        if (letters > 0 && (word.Contains("://", StringComparison.Ordinal) || word.StartsWith("www.", StringComparison.OrdinalIgnoreCase)))
            return Url;
        if (letters > 0 && (hump || joined || at || word[0] is '@' or '#' or '$' || slashes > 0 && (slashes > 1 || IsRooted(word) || word.Contains('.'))))
            return Name;
        if (digits == 0)
            return Plain;
        return letters > 0 && char.IsLetter(word[0]) ? Name : Number;
    }

    // "a.b", "std::x", "p->q"; not "e.g", "state-of-the-art" or "note:this".
    static bool IsJoint(ReadOnlySpan<char> word, int i) => word[i] switch
    {
        '.' => i > 1 && char.IsLetter(word[i - 1]) && char.IsLetter(word[i + 1]),
        ':' => word[i + 1] == ':',
        '>' => word[i - 1] == '-',
        '-' => i == 1 && word[0] == '-',
        _ => false,
    };

    static bool IsRooted(ReadOnlySpan<char> word) => word[0] is '/' or '\\' or '~' or '.' || word.Length > 2 && word[1] == ':';
}

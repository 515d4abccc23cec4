namespace PromptPlatform.Enhancement.Proof;

/// <summary>A sentence with blanks that hold words of the user: the fixed parts around them.</summary>
internal sealed class SlotSentence(string key, string sentence)
{
    const int MaxTries = 32;
    readonly string[] parts = Cut(sentence);

    /// <summary>Key of the sentence.</summary>
    public string Key => key;

    /// <summary>The sentence without its blanks.</summary>
    public string Fixed => string.Join(' ', parts);

    /// <summary>Whether <paramref name="line"/> is this sentence with words of <paramref name="original"/>.</summary>
    public bool Matches(ReadOnlySpan<char> line, ReadOnlySpan<char> original)
    {
        var tries = MaxTries;
        return line.StartsWith(parts[0], StringComparison.Ordinal) && Rest(line[parts[0].Length..], original, 1, ref tries);
    }

    // The line goes on with a slot; the fixed part that ends it may stand at several places, of which the first few are tried.
    bool Rest(ReadOnlySpan<char> line, ReadOnlySpan<char> original, int part, ref int tries)
    {
        if (part == parts.Length - 1)
            return line.EndsWith(parts[part], StringComparison.Ordinal) && --tries >= 0 && UserWords.Stand(line[..^parts[part].Length], original);
        for (var cut = line.IndexOf(parts[part], StringComparison.Ordinal); cut >= 0;)
        {
            if (--tries < 0)
                return false;
            if (UserWords.Stand(line[..cut], original) && Rest(line[(cut + parts[part].Length)..], original, part + 1, ref tries))
                return true;
            var next = line[(cut + 1)..].IndexOf(parts[part], StringComparison.Ordinal);
            cut = next < 0 ? -1 : cut + 1 + next;
        }
        return false;
    }

    /// <summary>Whether a sentence of a language pack has blanks for words of the user.</summary>
    public static bool Has(string sentence) => Slot(sentence, 0) >= 0;

    static string[] Cut(string sentence)
    {
        var parts = new List<string>();
        var from = 0;
        for (var slot = Slot(sentence, 0); slot >= 0; slot = Slot(sentence, from))
        {
            parts.Add(sentence[from..slot]);
            from = slot + 3;
        }
        parts.Add(sentence[from..]);
        return [.. parts];
    }

    static int Slot(string sentence, int from)
    {
        for (var i = from; i + 2 < sentence.Length; i++)
            if (sentence[i] == '{' && char.IsAsciiDigit(sentence[i + 1]) && sentence[i + 2] == '}')
                return i;
        return -1;
    }
}

namespace PromptPlatform.Enhancement.Reading;

/// <summary>Counts words; two Chinese or Japanese characters count as one.</summary>
internal static class WordCounter
{
    /// <summary>Words of <paramref name="text"/>.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        int words = 0, wide = 0;
        var inside = false;
        foreach (var c in text)
        {
            if (c is >= '\u3040' and <= '\u9FFF')
            {
                wide++;
                inside = false;
            }
            else if (char.IsLetterOrDigit(c) || c is '\'' or '_')
            {
                if (!inside)
                    words++;
                inside = true;
            }
            else
                inside = false;
        }
        return words + (wide + 1) / 2;
    }
}

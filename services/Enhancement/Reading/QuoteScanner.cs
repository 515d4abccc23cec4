namespace PromptPlatform.Enhancement.Reading;

/// <summary>Finds quotations in the marks of the eight languages.</summary>
internal static class QuoteScanner
{
    const int MaxLength = 400;

    /// <summary>Adds what stands in <paramref name="text"/>, which begins at <paramref name="offset"/>; a quotation does not cross a line.</summary>
    public static void Scan(string text, List<PromptEntity> found, int offset = 0)
    {
        for (var i = 0; i < text.Length - 1; i++)
        {
            var close = text[i] switch { '"' => "\"", '“' => "”", '„' => "“”", '«' => "»", '»' => "«", '「' => "」", '『' => "』", _ => null };
            if (close is null || (text[i] == '"' && i > 0 && char.IsLetterOrDigit(text[i - 1])))
                continue;
            var length = Math.Min(text.Length - i - 1, MaxLength);
            var at = text.AsSpan(i + 1, length).IndexOfAny(close);
            if (at <= 0 || text.AsSpan(i + 1, at).Contains('\n'))
                continue;
            found.Add(new("quote", new(offset + i, offset + i + at + 2)));
            i += at + 1;
        }
    }
}

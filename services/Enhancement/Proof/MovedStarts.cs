namespace PromptPlatform.Enhancement.Proof;

/// <summary>Finds the seams of the original at which the first words of the output stand.</summary>
internal static class MovedStarts
{
    const int MaxHeadings = 3;
    const int HeadLength = 80;

    /// <summary>At most <paramref name="most"/>, those of the output's first line before those of the lines after headings of the engine.</summary>
    public static IEnumerable<int> Of(Seams seams, string enhanced, PackGrammar grammar, int most)
    {
        var original = seams.Text;
        var first = TextLines.SkipWhite(original, 0);
        var found = 0;
        var at = TextLines.SkipWhite(enhanced, 0);
        for (var lines = 0; lines <= MaxHeadings && at < enhanced.Length; lines++)
        {
            var end = TextLines.End(enhanced, at);
            var head = enhanced.Substring(at, Math.Min(end - at, HeadLength)).TrimEnd();
            for (var place = Next(original, head, first); place >= 0 && found < most; place = Next(original, head, place))
            {
                if (!seams.Between(TextLines.TrimBack(original, place), place))
                    continue;
                found++;
                yield return place;
            }
            if (grammar.Read(enhanced.AsSpan(at, end - at), original).Role == PackRole.None)
                yield break;
            at = TextLines.SkipWhite(enhanced, Math.Min(enhanced.Length, TextLines.Next(enhanced, end)));
        }
    }

    static int Next(string text, string head, int after) =>
        head.Length == 0 || after + 1 >= text.Length ? -1 : text.IndexOf(head, after + 1, StringComparison.Ordinal);
}

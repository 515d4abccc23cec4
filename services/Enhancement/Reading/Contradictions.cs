namespace PromptPlatform.Enhancement.Reading;

/// <summary>Instructions that cannot both be followed.</summary>
internal static class Contradictions
{
    static readonly (string Kind, string One, string Other)[] Pairs = [("length", "brief", "long"), ("tone", "formal", "informal")];

    /// <summary>The first clash of each kind inside <paramref name="ranges"/>.</summary>
    public static IReadOnlyList<(string Kind, TextSpan First, TextSpan Second)> Find(LexiconHits hits, IReadOnlyList<TextSpan> ranges)
    {
        var clashes = new List<(string, TextSpan, TextSpan)>();
        foreach (var (kind, one, other) in Pairs)
        {
            if (!hits.Has(one) || !hits.Has(other))
                continue;
            var others = hits.Of(other).Where(h => ranges.Any(r => r.Contains(h.Span))).ToList();
            // 正式 stands inside 非正式.
            var ones = hits.Of(one).Where(h => ranges.Any(r => r.Contains(h.Span)) && !others.Any(o => o.Span.Overlaps(h.Span))).ToList();
            if (ones.Count == 0 || others.Count == 0)
                continue;
            var (a, b) = (ones[0].Span, others[0].Span);
            clashes.Add(a.Start < b.Start ? (kind, a, b) : (kind, b, a));
        }
        return clashes;
    }
}

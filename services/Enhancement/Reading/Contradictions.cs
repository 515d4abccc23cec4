namespace PromptPlatform.Enhancement.Reading;

/// <summary>Two instructions that cannot both be followed.</summary>
/// <param name="Kind">Ends the name of the lint rule.</param>
/// <param name="First">The one that stands first.</param>
/// <param name="Second">The other.</param>
/// <param name="Sure">Whether no reading lets both hold; the others are only named.</param>
internal readonly record struct Clash(string Kind, TextSpan First, TextSpan Second, bool Sure);

/// <summary>Finds instructions that cannot both be followed.</summary>
internal static class Contradictions
{
    // "must not be frightening": the negation stands a word or two before.
    const int DenialReach = 14;

    static readonly (string Kind, string One, string Other, bool Sure)[] Pairs =
    [
        ("length", "brief", "long", true), ("tone", "formal", "informal", true), ("address", "formal.you", "informal.you", true), ("libraries", "stdlib", "library", true),
        ("terms", "plain", "terms.use", false), ("working", "answeronly", "working", false),
    ];

    /// <summary>The first clash of each kind inside <paramref name="ranges"/>.</summary>
    public static IReadOnlyList<Clash> Find(string text, LexiconHits hits, IReadOnlyList<TextSpan> ranges)
    {
        var clashes = new List<Clash>();
        foreach (var (kind, one, other, sure) in Pairs)
        {
            if (!hits.Has(one) || !hits.Has(other))
                continue;
            var others = Inside(hits.Of(other), ranges);
            // 正式 stands inside 非正式.
            var ones = Inside(hits.Of(one), ranges).Where(h => !others.Exists(o => o.Overlaps(h))).ToList();
            if (ones.Count > 0 && others.Count > 0)
                clashes.Add(Ordered(kind, ones[0], others[0], sure));
        }
        AddDenied(text, hits, ranges, clashes);
        return clashes;
    }

    /// <summary>Those that no reading reconciles.</summary>
    public static IReadOnlyList<Clash> Sure(string text, LexiconHits hits, IReadOnlyList<TextSpan> ranges) => [.. Find(text, hits, ranges).Where(c => c.Sure)];

    // The same thing wanted here and forbidden there: "a scary story … must not be frightening".
    static void AddDenied(string text, LexiconHits hits, IReadOnlyList<TextSpan> ranges, List<Clash> clashes)
    {
        var denials = Inside(hits.Of("neg"), ranges);
        if (denials.Count == 0)
            return;
        foreach (var topic in hits.All.Where(h => h.Category.StartsWith("topic.", StringComparison.Ordinal)).GroupBy(h => h.Category, StringComparer.Ordinal))
        {
            var said = Inside(topic, ranges).ToLookup(s => denials.Exists(d => d.End <= s.Start && s.Start - d.End <= DenialReach && text.AsSpan(d.End, s.Start - d.End).IndexOfAny(ClauseEnds) < 0));
            if (said[true].Any() && said[false].Any())
                clashes.Add(Ordered("wish", said[true].First(), said[false].First(), false));
        }
    }

    static readonly System.Buffers.SearchValues<char> ClauseEnds = System.Buffers.SearchValues.Create(",;.!?\n，。；！？");

    static Clash Ordered(string kind, TextSpan one, TextSpan other, bool sure) => one.Start < other.Start ? new(kind, one, other, sure) : new(kind, other, one, sure);

    static List<TextSpan> Inside(IEnumerable<LexiconHit> hits, IReadOnlyList<TextSpan> ranges) =>
        [.. hits.Select(h => h.Span).Where(s => ranges.Any(r => r.Contains(s)))];
}

namespace PromptPlatform.Enhancement.Reading;

/// <summary>The phrases of one language, by category.</summary>
internal sealed class Lexicon(string language, IReadOnlyList<string> categories, PhraseAutomaton automaton)
{
    /// <summary>Language of the phrases.</summary>
    public string Language => language;

    /// <summary>All phrases that stand in <paramref name="text"/>, by position.</summary>
    public LexiconHits Scan(string text)
    {
        var hits = new List<LexiconHit>();
        var counts = new int[categories.Count];
        automaton.Scan(text, (category, span, weight) =>
        {
            if (counts[category]++ < MaxHitsPerCategory)
                hits.Add(new(categories[category], span, weight));
        });
        return new(hits);
    }

    // Rules compare hits with each other: the bound keeps a text of 30,000 times "not" cheap.
    const int MaxHitsPerCategory = 200;
}

/// <summary>A phrase that stands in the text.</summary>
internal readonly record struct LexiconHit(string Category, TextSpan Span, int Weight);

/// <summary>The phrases found in a prompt.</summary>
internal sealed class LexiconHits(IReadOnlyList<LexiconHit> all)
{
    readonly ILookup<string, LexiconHit> byCategory = all.ToLookup(h => h.Category, StringComparer.Ordinal);

    /// <summary>Nothing.</summary>
    public static LexiconHits None { get; } = new([]);

    /// <summary>By position.</summary>
    public IReadOnlyList<LexiconHit> All => all;

    /// <summary>The hits of one category.</summary>
    public IEnumerable<LexiconHit> Of(string category) => byCategory[category];

    /// <summary>Whether any phrase of the category stands in the text.</summary>
    public bool Has(string category) => byCategory.Contains(category);

    /// <summary>Whether any phrase of the category stands inside one of the ranges.</summary>
    public bool HasIn(string category, IReadOnlyList<TextSpan> ranges) =>
        byCategory[category].Any(h => ranges.Any(r => r.Contains(h.Span)));
}

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
        automaton.Scan(text, (category, span, weight) =>
        {
            if (hits.Count < MaxHits)
                hits.Add(new(categories[category], span, weight));
        });
        return new(hits);
    }

    const int MaxHits = 4000;
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

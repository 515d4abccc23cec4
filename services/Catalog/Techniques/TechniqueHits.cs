using PromptPlatform.Contracts.Catalog.V1;

namespace PromptPlatform.Catalog.Techniques;

/// <summary>What a search found.</summary>
/// <param name="Found">One page and, where there is more, the first technique behind it.</param>
/// <param name="Counts">Techniques by facet and value over the whole result.</param>
/// <param name="TextMatches">Whether the text matches any technique, filters aside.</param>
internal sealed record TechniqueHits(IReadOnlyList<TechniqueHit> Found, IReadOnlyList<(string Facet, string Value, int Count)> Counts, bool TextMatches)
{
    /// <summary>The values of one facet, most frequent first.</summary>
    public IEnumerable<FacetValue> FacetsOf(string facet) => Counts
        .Where(c => c.Facet == facet)
        .OrderByDescending(c => c.Count)
        .ThenBy(c => c.Value, StringComparer.Ordinal)
        .Select(c => new FacetValue { Value = c.Value, Count = c.Count });
}

/// <summary>A technique and its place in the list.</summary>
internal sealed record TechniqueHit(Technique Technique, TechniquePlace Place);

/// <summary>How text is compared.</summary>
internal enum SearchMode
{
    /// <summary>Every word must occur, inflected or not; quotes, "or" and "-" work as in web searches.</summary>
    Words,

    /// <summary>Headings that share most letter triples with the text.</summary>
    Likeness,
}

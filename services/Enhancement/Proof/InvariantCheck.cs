using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>Looks for everything of value of the original in the enhanced text, by its own search and not by the composer's bookkeeping.</summary>
internal static class InvariantCheck
{
    const string Kept = "kept";
    const string None = "none";

    /// <summary>The report, or null when something was lost.</summary>
    /// <param name="reading">Of the original.</param>
    /// <param name="enhanced">The candidate.</param>
    /// <param name="added">What the engine added.</param>
    /// <param name="locked">Ranges that may not be touched.</param>
    /// <param name="detector">Tells the language of what was added.</param>
    public static InvariantReport? Check(PromptReading reading, string enhanced, string added, IReadOnlyList<TextSpan> locked, LanguageDetector detector)
    {
        var text = reading.Text;
        string? Holds(params string[] kinds) =>
            Verdict(text, enhanced, [.. reading.Entities.Where(e => kinds.Contains(e.Kind)).Select(e => e.Span.Of(text))]);
        var negations = Verdict(text, enhanced, [.. reading.Hits.Of("neg").Select(h => h.Span.Of(text))]);
        if (!detector.CouldBe(added, reading.Language))
            return null;
        return (Holds("identifier", "path", "email", "language", "framework"), Holds("number", "length"), Holds("url"), Holds("code"), Holds("placeholder"), negations, Holds("quote"),
            Verdict(text, enhanced, [.. locked.Select(l => l.Of(text))])) switch
        {
            ({ } identifiers, { } numbers, { } urls, { } code, { } placeholders, { } negated, { } quotes, { } held) =>
                new(identifiers, numbers, urls, code, placeholders, negated, quotes, Kept, held),
            _ => null,
        };
    }

    static string? Verdict(string original, string enhanced, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return None;
        if (ReferenceEquals(original, enhanced))
            return Kept;
        foreach (var value in values.Distinct(StringComparer.Ordinal))
            if (Count(enhanced, value) < Count(original, value))
                return null;
        return Kept;
    }

    static int Count(string text, string value)
    {
        var count = 0;
        for (var at = text.IndexOf(value, StringComparison.Ordinal); at >= 0 && value.Length > 0; at = text.IndexOf(value, at + value.Length, StringComparison.Ordinal))
            count++;
        return count;
    }
}

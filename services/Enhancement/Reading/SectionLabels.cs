namespace PromptPlatform.Enhancement.Reading;

/// <summary>Finds the labels that begin sections: "Context:", "Task:".</summary>
internal static class SectionLabels
{
    /// <summary>Those of the instructions. "Input:" and "Output:" of an example are no sections, however often they stand there.</summary>
    public static IEnumerable<TextSpan> In(string text, LexiconHits hits, IReadOnlyList<TextSpan> told) =>
        hits.Of("h.label").Select(h => h.Span).Where(s => told.Any(r => r.Contains(s)) && AtLineStart(text, s.Start) && !hits.Of("example").Any(e => e.Span.Overlaps(s)));

    static bool AtLineStart(string text, int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '\t' or '#' or '*')
            at--;
        return at == 0 || text[at - 1] == '\n';
    }
}

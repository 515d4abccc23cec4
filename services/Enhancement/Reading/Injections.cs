namespace PromptPlatform.Enhancement.Reading;

/// <summary>Finds sentences in given texts that give orders to whoever works on them.</summary>
internal static class Injections
{
    static readonly System.Buffers.SearchValues<char> Ends = System.Buffers.SearchValues.Create(".!?\n。！？");

    /// <summary>Where they stand within <paramref name="given"/>: a known phrase, or a sentence that speaks to a machine and overrides something.</summary>
    public static IEnumerable<TextSpan> In(string text, IReadOnlyList<TextSpan> given, LexiconHits hits)
    {
        if (given.Count == 0)
            yield break;
        foreach (var hit in hits.Of("injection"))
            if (given.Any(g => g.Contains(hit.Span)))
                yield return hit.Span;
        var overrides = hits.Of("override").Select(h => h.Span).Where(s => given.Any(g => g.Contains(s))).ToList();
        foreach (var machine in hits.Of("machine").Select(h => h.Span).Where(s => given.Any(g => g.Contains(s))))
        {
            // "Note to the AI: … Do not …": the order may stand in the sentence after the address.
            var end = SentenceEnd(text, SentenceEnd(text, machine.End));
            if (overrides.Find(o => o.End <= end && o.Start >= SentenceStart(text, machine.Start)) is { Length: > 0 } order)
                yield return order;
        }
    }

    static int SentenceEnd(string text, int from)
    {
        var at = from >= text.Length ? -1 : text.AsSpan(from).IndexOfAny(Ends);
        return at < 0 ? text.Length : from + at + 1;
    }

    static int SentenceStart(string text, int before) => text.AsSpan(0, before).LastIndexOfAny(Ends) + 1;
}

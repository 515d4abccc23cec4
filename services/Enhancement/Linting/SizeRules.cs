using System.Globalization;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>How long things are, and how long they are to be.</summary>
internal static class SizeRules
{
    const int LongSentenceWords = 60;
    const int WallWords = 180;
    const int ManyIfs = 5;
    const int CountedExactly = 20;
    const int EachReach = 30;
    const int ForEachReach = 16;
    static readonly System.Buffers.SearchValues<char> Ends = System.Buffers.SearchValues.Create(".!?\n;:。！？；：");

    /// <summary>A sentence that nobody reads to its end.</summary>
    public static void LongSentence(LintRun run)
    {
        var text = run.Reading.Text;
        foreach (var range in run.Reading.Layout.Instructions)
            for (var at = range.Start; at < range.End;)
            {
                var stop = text.AsSpan(at, range.End - at).IndexOfAny(Ends);
                var end = stop < 0 ? range.End : at + stop + 1;
                if (WordCounter.Count(text.AsSpan(at, end - at)) is > LongSentenceWords and var words)
                {
                    run.Info("long-sentence", new(at, end), $"This sentence has {words} words; conditions inside it are easily missed.", "Make several sentences or a list of it.");
                    return;
                }
                at = end;
            }
    }

    /// <summary>Many instructions without a line break.</summary>
    public static void WallOfText(LintRun run)
    {
        foreach (var range in run.Reading.Layout.Instructions)
            if (!run.Reading.Text.AsSpan(range.Start, range.Length).Trim().Contains('\n') && WordCounter.Count(run.Reading.Text.AsSpan(range.Start, range.Length)) > WallWords)
                run.Info("wall-of-text", range, "The instructions are one long paragraph.", "Give each requirement a line of its own.");
    }

    /// <summary>If, unless, otherwise, in case …</summary>
    public static void ManyConditions(LintRun run)
    {
        var conditions = run.Told("condition").ToList();
        if (conditions.Count >= ManyIfs)
            run.Info("many-conditions", conditions[^1].Span, $"{conditions.Count} conditions stand in running text; the last ones are often forgotten.", "Put them into a table or a numbered list, the most important first.");
    }

    /// <summary>"Exactly 250 words": models see tokens, not words.</summary>
    public static void ExactCount(LintRun run)
    {
        foreach (var hit in run.Told("exactly"))
            if (Counts.In(run).FirstOrDefault(c => c.Span.Start >= hit.Span.End && c.Span.Start - hit.Span.End <= 2) is { Value: >= CountedExactly } count)
                run.Info("exact-count", new(hit.Span.Start, count.Span.End), "Models see tokens and not words or characters: they meet a number of this size only roughly.", "Give a range, or count afterwards.");
    }

    /// <summary>"Write 3 paragraphs … in 5 paragraphs."</summary>
    public static void CountClash(LintRun run)
    {
        if (run.Has(Feature.Math | Feature.HasExamples))
            return;
        var plain = Counts.In(run).Where(c => !run.Told("bound").Any(b => b.Span.End <= c.Span.Start && c.Span.Start - b.Span.End <= 2)
            && !run.Told("scope").Any(b => b.Span.Start >= c.Span.End && b.Span.Start - c.Span.End <= 3)).ToList();
        foreach (var same in plain.GroupBy(c => c.Unit, StringComparer.OrdinalIgnoreCase))
            if (same.Key is not ("個" or "个" or "つ" or "件") && same.FirstOrDefault(c => c.Value != same.First().Value) is { Value: > 0 } other)
                run.Warn("contradiction-count", other.Span, $"“{other.Span.Of(run.Reading.Text)}” works against “{same.First().Span.Of(run.Reading.Text)}”.", "Keep one number, or say what each of them counts.");
    }

    /// <summary>"At most 150 words … at least 80 words for each of the five."</summary>
    public static void ShareClash(LintRun run)
    {
        var counts = Counts.In(run).ToList();
        var each = run.Told("scope.each").ToList();
        bool PerItem(Count c) => each.Exists(e => e.Span.Start >= c.Span.End && e.Span.Start - c.Span.End <= ForEachReach || c.Span.Start >= e.Span.End && c.Span.Start - e.Span.End <= EachReach);
        bool Bound(string category, Count c) => run.Told(category).Any(b => c.Span.Start >= b.Span.End && c.Span.Start - b.Span.End <= 2);
        foreach (var total in counts.Where(c => Bound("bound.most", c) && !PerItem(c)))
            if (counts.FirstOrDefault(c => Bound("bound.least", c) && PerItem(c) && c.Value * 2 > total.Value && string.Equals(c.Unit, total.Unit, StringComparison.OrdinalIgnoreCase)) is { Value: > 0 } share)
            {
                run.Warn("contradiction-limits", share.Span, $"“{share.Span.Of(run.Reading.Text)}” for each is more than “{total.Span.Of(run.Reading.Text)}” for all.", "Correct one of them.");
                return;
            }
    }

    /// <summary>"At least 500 words … at most 100 words."</summary>
    public static void LimitClash(LintRun run)
    {
        Count? After(string category) => run.Told(category)
            .Select(h => Counts.In(run).Cast<Count?>().FirstOrDefault(c => c!.Value.Span.Start >= h.Span.End && c.Value.Span.Start - h.Span.End <= 2)).FirstOrDefault(c => c is not null);
        if (After("bound.least") is { } least && After("bound.most") is { } most && least.Value > most.Value && string.Equals(least.Unit, most.Unit, StringComparison.OrdinalIgnoreCase))
            run.Warn("contradiction-limits", most.Span, $"At least {least.Value.ToString(CultureInfo.InvariantCulture)} and at most {most.Value.ToString(CultureInfo.InvariantCulture)} cannot both hold.", "Correct one of them.");
    }
}
